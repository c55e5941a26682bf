import { expect, test } from 'vitest';
import { VALUES_KEY } from '@/server/schemas/app/apps';
import { cellsToRun } from '@/server/schemas/app/cells-to-run';
import type { AppInput } from '@/server/schemas/app/inputs';
import { emptyCell, emptyState, type NotebookState, type Run } from '@/server/schemas/notebook/state';

const ok = (generation: number): Run => ({
  ...{ state: 'ok', startedAt: null, endedAt: '2026-01-01T00:00:00Z', sourceHash: '', generation },
});
const input = (name: string, cellId: string): AppInput => ({ name, cellId, initial: 1, widget: { kind: 'number' } });
const inputs = [input('x', 'b'), input('y', 'd')];

function state(runs: Record<string, Run>, changes: Partial<NotebookState> = {}): NotebookState {
  const cells = Object.fromEntries(
    ['a', 'b', 'text', 'c', 'd', 'e'].map((id) => [
      id,
      { ...emptyCell(id, id === 'text' ? 'markdown' : 'code'), run: runs[id] ?? { state: 'idle' as const } },
    ]),
  );
  const made = { ...emptyState('deno'), cells, order: Object.keys(cells), metadata: { [VALUES_KEY]: { x: 1, y: 2 } } };
  return { ...made, runtime: { ...made.runtime, state: 'ready', generation: 1 }, ...changes };
}
const all = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, ok(1)]));

test('all cells run at first, and none where nothing changed', () => {
  expect(cellsToRun(state({}, { metadata: {} }), inputs, { x: 1, y: 2 })).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(cellsToRun(state(all), inputs, { x: 1, y: 2 })).toEqual([]);
});

test('a change runs from the cell of that input on', () => {
  expect(cellsToRun(state(all), inputs, { x: 1, y: 3 })).toEqual(['d', 'e']);
  expect(cellsToRun(state(all), inputs, { x: 0, y: 3 })).toEqual(['b', 'c', 'd', 'e']);
});

test('what failed, or ran in a kernel that is gone, runs again with all below it', () => {
  expect(cellsToRun(state({ ...all, c: { ...ok(1), state: 'error' } as Run }), inputs, { x: 1, y: 2 })).toEqual([
    ...['c', 'd', 'e'],
  ]);
  const dead = state(all, { runtime: { ...state(all).runtime, generation: 2 } });
  expect(cellsToRun(dead, inputs, { x: 1, y: 3 })).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('once it is known which names the cells use, what does not depend on a change stays', () => {
  const names: Record<string, [defines: string[], uses: string[]]> = {
    a: [['base'], []],
    b: [['x'], []],
    c: [['twice'], ['x']],
    d: [['y'], []],
    e: [[], ['y', 'base']],
  };
  const before = state(all);
  const cells = Object.fromEntries(
    Object.entries(before.cells).map(([id, cell]) => {
      const [defines, uses] = names[id] ?? [];
      return [id, defines ? { ...cell, names: { defines, uses: uses! } } : cell];
    }),
  );
  expect(cellsToRun({ ...before, cells }, inputs, { x: 5, y: 2 })).toEqual(['b', 'c']);
  expect(cellsToRun({ ...before, cells }, inputs, { x: 1, y: 5 })).toEqual(['d', 'e']);
  expect(cellsToRun({ ...before, cells }, inputs, { x: 1, y: 2 })).toEqual([]);
});
