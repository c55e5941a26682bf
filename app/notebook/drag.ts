import type { DragEvent } from 'react';
import type { Commands } from './commands';

const TYPE = 'application/x-brine-cell';

/** Moving a cell by the mouse: it is taken at its gutter and dropped on the upper or lower half of another. Buttons and keys do the same. */
export function dragOf(id: string, commands: Commands) {
  const isCell = (event: DragEvent) => event.dataTransfer.types.includes(TYPE);
  const side = (event: DragEvent<HTMLElement>): 'before' | 'after' => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return event.clientY < top + height / 2 ? 'before' : 'after';
  };
  return {
    handle: {
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData(TYPE, id);
        event.dataTransfer.effectAllowed = 'move';
      },
    },
    place: {
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (!isCell(event)) return;
        event.preventDefault();
        event.currentTarget.dataset['drop'] = side(event);
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        delete event.currentTarget.dataset['drop'];
      },
      onDrop: (event: DragEvent<HTMLElement>) => {
        if (!isCell(event)) return;
        event.preventDefault();
        delete event.currentTarget.dataset['drop'];
        commands.moveTo(event.dataTransfer.getData(TYPE), id, side(event));
      },
    },
  } as const;
}
