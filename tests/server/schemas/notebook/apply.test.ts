import { expect, test } from 'vitest';
import { apply } from '@/server/schemas/notebook/apply';
import type { Operation, OutputPart } from '@/server/schemas/notebook/operations';
import { emptyState, type NotebookState, type StreamOutput } from '@/server/schemas/notebook/state';
import { after, finished, insert, numbered, ready, run, runOf, started } from './notebooks';

const three = [insert('a'), insert('b', 'a'), insert('c', 'b')];
const stream = (text: string): OutputPart => ({ kind: 'stream', name: 'stdout', text });
const output = (cellId: string, ...parts: OutputPart[]): Operation => ({ kind: 'output', cellId, parts });

test('cells go where they are put, and a deleted one comes back with what it had', () => {
  const state = after([...three, { kind: 'move', cellId: 'a', after: 'c' }]);
  expect(state.order).toEqual(['b', 'c', 'a']);
  const shown = after([ready, run('b'), started('b'), output('b', stream('x')), finished('b')], state);
  const gone = after([{ kind: 'delete', cellIds: ['b'] }], shown);
  expect(gone.order).toEqual(['c', 'a']);
  const back = after([{ kind: 'restore', cellId: 'b', after: null }], gone);
  expect(back.order).toEqual(['b', 'c', 'a']);
  expect(back.cells['b']).toEqual(shown.cells['b']);
});

test('a cell that should follow one that was deleted meanwhile stands where that one stood', () => {
  const state = after([...three, { kind: 'delete', cellIds: ['a', 'b'] }, insert('d', 'b')]);
  expect(state.order).toEqual(['d', 'c']);
});

test('an operation that was sent twice counts once', () => {
  const by = { client: 'tab', sequence: 4 };
  const once = apply(emptyState('deno'), numbered(1, insert('a'), by)).state;
  const twice = apply(once, numbered(2, { kind: 'delete', cellIds: ['a'] }, by)).state;
  expect(twice).toEqual({ ...once, number: 2 });
});

test('one cell runs at a time, as it was when it was queued, and one that waits can be taken back', () => {
  const before = after([...three, ready]);
  const { state, effects } = apply(before, numbered(9, run('a', 'b', 'c')));
  expect(effects).toEqual([{ kind: 'execute', ...runOf('a') }]);
  expect(state.queue).toEqual(['a', 'b', 'c']);
  const going = after([started('a'), { kind: 'cancel', cellId: 'b' }], state);
  expect(going.queue).toEqual(['c']);
  expect(going.cells['b']!.run).toEqual({ state: 'idle' });
  const next = apply(going, numbered(12, finished('a')));
  expect(next.effects).toEqual([{ kind: 'execute', ...runOf('c') }]);
});

test('a runtime is started by the first cell that shall run, and the cell waits for it', () => {
  const { state, effects } = apply(after(three), numbered(4, run('a')));
  expect(effects).toHaveLength(1);
  const starting = apply(state, numbered(5, { kind: 'runtime', state: 'starting' }));
  expect(starting.effects).toEqual([]);
  expect(starting.state.runtime.generation).toBe(1);
  expect(apply(starting.state, numbered(6, ready)).effects).toEqual([{ kind: 'execute', ...runOf('a') }]);
});

test.each(['error', 'interrupted'] as const)('what waits is taken back when a cell ends with %s', (how) => {
  const state = after([...three, ready, run('a', 'b', 'c'), started('a'), finished('a', how)]);
  expect(state.queue).toEqual([]);
  expect(state.running).toBeNull();
  expect([state.cells['a']!.run.state, state.cells['b']!.run.state]).toEqual([how, 'idle']);
});

test('an interrupt takes back what follows at once, and leaves the end of what runs to the runtime', () => {
  const { state, effects } = apply(
    after([...three, ready, run('a', 'b'), started('a')]),
    numbered(9, { kind: 'interrupt' }),
  );
  expect(effects).toEqual([{ kind: 'interrupt' }]);
  expect([state.queue, state.running?.cellId]).toEqual([[], 'a']);
});

test('a cell whose runtime died says so, and nothing waits any more', () => {
  const state = after([
    ...three,
    ready,
    run('a', 'b'),
    started('a'),
    output('a', stream('half')),
    { kind: 'runtime', state: 'died' },
  ]);
  expect(state.cells['a']!.run).toMatchObject({ state: 'died' });
  expect(state.cells['a']!.outputs).toMatchObject([{ head: 'half' }]);
  expect([state.queue, state.running]).toEqual([[], null]);
});

test('a cell that is deleted while it runs does not let the next begin before it has ended', () => {
  const deleted = apply(
    after([...three, ready, run('a', 'b'), started('a')]),
    numbered(9, { kind: 'delete', cellIds: ['a'] }),
  );
  expect(deleted.effects).toEqual([]);
  expect(apply(deleted.state, numbered(10, finished('a'))).effects).toEqual([{ kind: 'execute', ...runOf('b') }]);
});

test('displays are changed in place, and a cleared output goes when the next one comes', () => {
  const show = (text: string): OutputPart => ({
    ...{ kind: 'data', metadata: {}, isResult: false, executionCount: null, displayId: 'bar' },
    data: { 'text/plain': { inline: text } },
  });
  const change: OutputPart = {
    kind: 'update',
    displayId: 'bar',
    data: { 'text/plain': { inline: '2' } },
    metadata: {},
  };
  const begun = after([
    ...three,
    ready,
    run('a'),
    started('a'),
    output('a', show('1'), stream('x'), show('1'), change),
  ]);
  expect(begun.cells['a']!.outputs).toMatchObject([
    { data: { 'text/plain': { inline: '2' } } },
    { head: 'x' },
    { data: { 'text/plain': { inline: '2' } } },
  ]);
  const cleared = after([output('a', { kind: 'clear', wait: true })], begun);
  expect(cleared.cells['a']!.outputs).toHaveLength(3);
  expect(after([output('a', stream('y'))], cleared).cells['a']!.outputs).toMatchObject([{ head: 'y' }]);
});

test('a carriage return writes over the line, also when it comes in pieces', () => {
  const parts = ['10 %\r', '20 %', '\r100', ' %\ndone\n', 'ab\bc'];
  const state = after([...three, ready, run('a'), started('a'), ...parts.map((text) => output('a', stream(text)))]);
  expect(state.cells['a']!.outputs).toMatchObject([{ head: '100 %\ndone\nac' }]);
});

test('of 100,000 lines head and tail stay, and what was left out is counted', () => {
  let state = after([...three, ready, run('a'), started('a')]);
  const lines = Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`);
  for (let i = 0; i < lines.length; i += 500)
    state = after([output('a', stream(lines.slice(i, i + 500).join('')))], state);
  const { head, tail, leftOut } = state.cells['a']!.outputs[0] as StreamOutput;
  expect(head.startsWith('line 0\nline 1\n')).toBe(true);
  expect(tail.endsWith('line 99998\nline 99999\n')).toBe(true);
  expect(head.length + tail.length).toBeLessThan(70_000);
  const kept = `${head}${tail}`.split('\n').length - 1;
  expect(kept + leftOut!.lines).toBe(100_000);
  expect(head.length + tail.length + leftOut!.characters).toBe(lines.join('').length);
});

test('outputs without end are bounded, the first and the last stay', () => {
  let state = after([...three, ready, run('a'), started('a')]);
  for (let i = 0; i < 1000; i++)
    state = after([output('a', { kind: 'stream', name: i % 2 ? 'stdout' : 'stderr', text: `${i}\n` })], state);
  const cell = state.cells['a']!;
  expect(cell.outputs.length + cell.outputsLeftOut).toBe(1000);
  expect(cell.outputs.length).toBeLessThan(250);
  expect(cell.outputs.at(-1)).toMatchObject({ head: '999\n' });
});

test('whatever comes in whatever order, the state stays whole and is the same for all', () => {
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const id = () => `c${random(12)}`;
  const anyOperation = (): Operation => {
    const after = random(4) === 0 ? null : id();
    const all: Operation[] = [
      { kind: 'insert', cellId: id(), after, type: 'code' },
      { kind: 'delete', cellIds: [id(), id()] },
      { kind: 'restore', cellId: id(), after },
      { kind: 'move', cellId: id(), after },
      { kind: 'type', cellId: id(), type: random(2) ? 'markdown' : 'code' },
      { kind: 'merge', cellIds: [id(), id()], update: '' },
      { kind: 'split', cellId: id(), newId: id(), update: '' },
      run(id(), id()),
      { kind: 'cancel', cellId: id() },
      { kind: 'interrupt' },
      { kind: 'restart' },
      { kind: 'clear', cellIds: null },
      started(id()),
      finished(id(), random(2) ? 'ok' : 'error'),
      output(id(), stream('x')),
      { kind: 'runtime', state: (['ready', 'died', 'starting', 'none'] as const)[random(4)]! },
    ];
    return all[random(all.length)]!;
  };
  const history: Operation[] = [];
  let state = emptyState('deno');
  for (let i = 0; i < 5000; i++) {
    const operation = anyOperation();
    history.push(operation);
    state = after([operation], state);
    expectWhole(state);
  }
  expect(after(history)).toEqual(state);
});

function expectWhole(state: NotebookState): void {
  expect([...state.order].sort()).toEqual(Object.keys(state.cells).sort());
  expect(new Set(state.queue).size).toBe(state.queue.length);
  const inState = (name: string) => state.order.filter((id) => state.cells[id]!.run.state === name);
  expect(inState('queued').sort()).toEqual([...state.queue].sort());
  const running = inState('running');
  if (running.length > 0) expect(running).toEqual([state.running?.cellId]);
  expect(state.bin.some(({ cell }) => cell.id in state.cells)).toBe(false);
}
