import { expect, test } from 'vitest';
import { staleWords } from '@/app/notebook/stale-words';
import type { Operation } from '@/server/schemas/notebook/operations';
import { planRuns } from '@/server/schemas/notebook/plan-runs';
import { providersFor } from '@/server/schemas/notebook/providers';
import { sourceHash } from '@/server/schemas/notebook/source-hash';
import { staleCells } from '@/server/schemas/notebook/stale';
import type { NotebookState } from '@/server/schemas/notebook/state';
import { after, finished, insert, ready, run, started } from './notebooks';

/** `a: x y < z` is a cell a that defines x and y and uses z. */
function notebook(...cells: string[]): NotebookState {
  const read = cells.map((cell) => /^(\w+):([^<]*)(?:<(.*))?$/.exec(cell)!);
  const list = (text = '') => text.split(' ').filter(Boolean);
  return after([
    ...read.map(([, id], i) => insert(id!, read[i - 1]?.[1] ?? null)),
    {
      kind: 'names',
      cells: read.map(([, cellId, defines, uses]) => ({ cellId: cellId!, defines: list(defines), uses: list(uses) })),
    },
    ready,
  ]);
}

/** Cells that run one after another, each knowing where its names come from. */
const ran = (state: NotebookState, ...ids: string[]): NotebookState =>
  ids.reduce(
    (before, id) =>
      after(
        [
          run(id),
          started(id, Object.fromEntries(providersFor(before, id, before.cells[id]!.names!.uses))),
          finished(id),
        ],
        before,
      ),
    state,
  );

const edited =
  (...ids: string[]) =>
  (id: string) =>
    sourceHash(ids.includes(id) ? 'edited' : `run ${id}`);
const stale = (state: NotebookState, ...changed: string[]) =>
  Object.fromEntries(
    [...staleCells(state, edited(...changed))].map(([id, reason]) => [id, staleWords(reason, state.order)]),
  );
const chain = notebook('a: x', 'b: y < x', 'c: < y', 'd: z');
const all = ran(chain, 'a', 'b', 'c', 'd');

test('nothing is stale after all has run, nor before anything has', () => {
  expect(stale(chain)).toEqual({});
  expect(stale(all)).toEqual({});
});

test('an edited cell is stale, and with it all that uses its names, through as many cells as there are', () => {
  expect(stale(all, 'a')).toEqual({
    a: 'edited since it ran',
    b: 'cell 1, which gives x, is stale',
    c: 'cell 2, which gives y, is stale',
  });
});

test('a cell is stale where the one that gives a name has run since, from when that begins', () => {
  const again = ran(all, 'a');
  expect(stale(again)).toEqual({
    b: 'cell 1 has given x anew since it ran',
    c: 'cell 2, which gives y, is stale',
  });
  expect(stale(ran(again, 'b'))).toEqual({ c: 'cell 2 has given y anew since it ran' });
  expect(stale(ran(again, 'b', 'c'))).toEqual({});
  expect(Object.keys(stale(after([run('a'), started('a')], all)))).toEqual(['b', 'c']);
  expect(stale(after([run('a')], all))).toEqual({});
});

test('names of several cells come from the nearest above', () => {
  const state = ran(notebook('a: x', 'b: < x', 'c: x', 'd: < x'), 'a', 'b', 'c', 'd');
  expect(Object.keys(stale(ran(state, 'a')))).toEqual(['b']);
  expect(Object.keys(stale(ran(state, 'c')))).toEqual(['d']);
});

test('a name that comes from elsewhere than when the cell ran makes it stale: moved, deleted, defined anew', () => {
  const state = ran(notebook('a: x', 'b: x', 'c: < x'), 'a', 'b', 'c');
  const change = (...operations: Operation[]) => stale(after(operations, state));
  expect(change({ kind: 'move', cellId: 'b', after: 'c' })).toEqual({ c: 'x comes from cell 1 now' });
  expect(change({ kind: 'delete', cellIds: ['a', 'b'] })).toEqual({ c: 'no cell above gives x any more' });
  expect(change({ kind: 'names', cells: [{ cellId: 'b', defines: [], uses: [] }] })).toEqual({
    c: 'x comes from cell 1 now',
  });
  expect(change({ kind: 'type', cellId: 'b', type: 'markdown' })).toEqual({ c: 'x comes from cell 1 now' });
});

test('a cell that changes a name itself does not make itself stale', () => {
  const state = ran(notebook('a: x', 'b: x < x', 'c: < x'), 'a', 'b', 'c');
  expect(Object.keys(stale(ran(state, 'b')))).toEqual(['c']);
});

test('what ran in a kernel that is gone is stale', () => {
  expect(stale(after([{ kind: 'restart' }, ready], all))['d']).toBe('ran in a kernel that is gone');
  expect(stale(after([{ kind: 'shutdown' }], all))['a']).toBe('ran in a kernel that is gone');
});

test('a cell that is taken back from the queue stands as before', () => {
  const back = after([run('b'), { kind: 'cancel', cellId: 'b' }], all);
  expect(back.cells['b']).toEqual(all.cells['b']);
  const failed = after([run('a', 'b', 'c'), started('a'), finished('a', 'error')], all);
  expect(failed.cells['c']!.run).toMatchObject({ state: 'ok' });
});

const plan = (state: NotebookState, ...changed: string[]) =>
  planRuns(state, staleCells(state, edited(...changed)).keys());

test('what is stale runs in the order of the notebook, and nothing else', () => {
  expect(plan(all)).toEqual([]);
  expect(plan(all, 'b')).toEqual(['b', 'c']);
  expect(plan(ran(all, 'a'))).toEqual(['b', 'c']);
  expect(plan(after([{ kind: 'restart' }, ready], all))).toEqual(['a', 'b', 'c', 'd']);
});

test('a cell that has not run in this kernel runs first where its names are needed', () => {
  const state = ran(notebook('a: x', 'b: y < x', 'c: < y', 'd: < y'), 'c');
  expect(plan(state, 'c')).toEqual(['a', 'b', 'c']);
});

test('a name that another cell has given another value since is given again first, and what follows from it runs too', () => {
  const state = ran(notebook('a: x', 'b: < x', 'c: x', 'd: < x'), 'a', 'b', 'c', 'd');
  expect(plan(state, 'b')).toEqual(['a', 'b']);
  const after2 = ran(state, 'a', 'b');
  expect(stale(after2)).toEqual({});
  expect(plan(after2, 'd')).toEqual(['c', 'd']);
  const counting = ran(notebook('a: x', 'b: x < x', 'c: < x'), 'a', 'b', 'c');
  expect(plan(counting, 'b')).toEqual(['a', 'b', 'c']);
});

test('cells that are left alone take with them what depends on them', () => {
  const state = ran(ran(notebook('a: x', 'b: y < x', 'c: < y', 'd: < x'), 'a', 'b', 'c', 'd'), 'a');
  const names = (edited: string[]) => planRuns(state, ['b', 'd'], new Set(edited));
  expect(names([])).toEqual(['b', 'c', 'd']);
  expect(names(['b'])).toEqual(['d']);
  expect(names(['c'])).toEqual(['b', 'd']);
});

test('a thousand cells that hang on each other are worked out in a few milliseconds', () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => `c${i}`);
  const state = ran(notebook(...ids.map((id, i) => `${id}: ${id} < ${ids[i - 1] ?? 'none'}`)), ids[0]!);
  const begin = process.cpuUsage();
  for (let i = 0; i < 10; i++) staleCells(state, edited('c0'));
  expect(planRuns(state, ['c999'])).toEqual(ids.slice(1));
  expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(1_000);
});
