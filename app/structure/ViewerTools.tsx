'use client';
import { ActionIcon, SegmentedControl } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconMinus,
  IconPlus,
  IconRestore,
} from '@tabler/icons-react';
import styles from './viewer.module.css';
import type { View } from './weas-scene';

interface Props {
  /** There is no 3D here: nothing turns. */
  isDrawn: boolean;
  hasCell: boolean;
  repeat: number;
  onRepeat: (repeat: number) => void;
  onView: (view: View) => void;
  onZoom: (factor: number) => void;
  onTurn: (rightSteps: number, upSteps: number) => void;
  isCompact: boolean;
}

const views = ['a', 'b', 'c'] as const;
const turns = [
  { label: 'Turn left', icon: IconArrowLeft, steps: [-1, 0] },
  { label: 'Turn right', icon: IconArrowRight, steps: [1, 0] },
  { label: 'Turn up', icon: IconArrowUp, steps: [0, 1] },
  { label: 'Turn down', icon: IconArrowDown, steps: [0, -1] },
] as const;

/** What dragging and the wheel do, as buttons too. */
export function ViewerTools({ isDrawn, hasCell, repeat, onRepeat, onView, onZoom, onTurn, isCompact }: Props) {
  if (isDrawn) return <p className="faint">This browser draws no 3D; this is the cell in parallel projection.</p>;
  const tool = { variant: 'subtle', color: 'gray', size: 28 } as const;
  return (
    <>
      {hasCell && (
        // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not fields of a form.
        <div className={styles.group} role="group" aria-label="View along">
          {views.map((axis) => (
            <ActionIcon
              key={axis}
              {...tool}
              aria-label={`View along ${axis}`}
              title={`View along ${axis}`}
              onClick={() => onView(axis)}
            >
              <i>{axis}</i>
            </ActionIcon>
          ))}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not fields of a form. */}
      <div className={styles.group} role="group" aria-label="Size and turn">
        <ActionIcon {...tool} aria-label="Larger" title="Larger" onClick={() => onZoom(1.2)}>
          <IconPlus size={15} />
        </ActionIcon>
        <ActionIcon {...tool} aria-label="Smaller" title="Smaller" onClick={() => onZoom(1 / 1.2)}>
          <IconMinus size={15} />
        </ActionIcon>
        {!isCompact &&
          turns.map(({ label, icon: Icon, steps }) => (
            <ActionIcon
              key={label}
              {...tool}
              aria-label={label}
              title={label}
              onClick={() => onTurn(steps[0], steps[1])}
            >
              <Icon size={15} />
            </ActionIcon>
          ))}
        <ActionIcon {...tool} aria-label="Put the view back" title="Put the view back" onClick={() => onView('start')}>
          <IconRestore size={15} />
        </ActionIcon>
      </div>
      {hasCell && (
        <SegmentedControl
          size="xs"
          aria-label="Cells shown along each axis"
          value={String(repeat)}
          onChange={(value) => onRepeat(Number(value))}
          data={[1, 2, 3].map((n) => ({ value: String(n), label: `${n}×` }))}
        />
      )}
    </>
  );
}
