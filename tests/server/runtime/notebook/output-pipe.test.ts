import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OutputPipe } from '@/server/runtime/notebook/output-pipe';
import type { OutputPart } from '@/server/schemas/notebook/operations';
import { addPart } from '@/server/schemas/notebook/outputs';
import { type Cell, emptyCell, type StreamOutput } from '@/server/schemas/notebook/state';

/** A pipe, and the cells as pages see them. */
function makePipe() {
  const cells: Record<string, Cell> = {};
  const batches: OutputPart[][] = [];
  const kept: string[] = [];
  const pipe = new OutputPipe({
    moveValues: async (bundle) => bundle,
    keepText: async (text) => ({ blob: String(kept.push(text) - 1), bytes: text.length }),
    emit: (cellId, parts) => {
      batches.push(parts);
      cells[cellId] = parts.reduce(addPart, cells[cellId] ?? emptyCell(cellId, 'code'));
    },
  });
  return { pipe, cells, batches, kept };
}

const print = (text: string, name = 'stdout'): OutputPart => ({ kind: 'stream', name, text });
const show = (text: string, displayId: string | null = null): OutputPart => ({
  ...{ kind: 'data', metadata: {}, isResult: false, executionCount: null, displayId },
  data: { 'text/plain': { inline: text } },
});

test('what comes alone goes at once, what comes quickly goes together', async () => {
  const { pipe, batches, cells } = makePipe();
  pipe.add('a', print('first\n'));
  await sleep(10);
  expect(batches).toHaveLength(1);
  for (let i = 0; i < 500; i++) pipe.add('a', print(`${i}\n`));
  await pipe.end('a');
  expect(batches.length).toBeLessThan(4);
  expect((cells['a']!.outputs[0] as StreamOutput).head.split('\n')).toHaveLength(502);
});

test('100 MB in a loop become few operations of few bytes; head and tail are right, and the first 10 MB can be fetched', async () => {
  const { pipe, cells, batches, kept } = makePipe();
  const line = `${'x'.repeat(999)}\n`;
  pipe.add('a', print('begin\n'));
  for (let i = 0; i < 100_000; i++) {
    pipe.add('a', print(line));
    if (i % 10_000 === 0) await sleep(40);
  }
  pipe.add('a', print('end\n'));
  await pipe.end('a');
  const stream = cells['a']!.outputs[0] as StreamOutput;
  expect(JSON.stringify(batches).length).toBeLessThan(300_000);
  expect(stream.head.startsWith('begin\n')).toBe(true);
  expect(stream.tail.endsWith('end\n')).toBe(true);
  const lines = `${stream.head}${stream.tail}`.split('\n').length - 1 + stream.leftOut!.lines;
  expect(lines).toBe(100_002);
  expect(kept.map((text) => text.length)).toEqual([10_000_000]);
  expect(stream.all).toMatchObject({ isWhole: false });
}, 60_000);

test('the first and the last of too many outputs stay, the others are counted', async () => {
  const { pipe, cells } = makePipe();
  for (let i = 0; i < 5000; i++) pipe.add('a', show(String(i)));
  await pipe.end('a');
  const { outputs, outputsLeftOut } = cells['a']!;
  expect(outputs.length + outputsLeftOut).toBe(5000);
  expect(outputs[0]).toMatchObject(show('0'));
  expect(outputs.at(-1)).toMatchObject(show('4999'));
});

test('of a display that changes faster than it is told the last state counts', async () => {
  const { pipe, cells, batches } = makePipe();
  pipe.add('a', show('0', 'bar'));
  for (let i = 1; i <= 1000; i++)
    pipe.add('a', { ...show(String(i), 'bar'), kind: 'update', displayId: 'bar' } as OutputPart);
  await pipe.end('a');
  expect(cells['a']!.outputs).toMatchObject([{ data: { 'text/plain': { inline: '1000' } } }]);
  expect(batches.flat().length).toBeLessThan(5);
});

test('outputs of several cells, and of two streams, keep their order', async () => {
  const { pipe, cells } = makePipe();
  for (const text of ['1', '2']) {
    pipe.add('a', print(text));
    pipe.add('a', print(text, 'stderr'));
    pipe.add('b', print(text));
  }
  pipe.add('a', show('shown'));
  pipe.add('a', print('3'));
  await pipe.end('a');
  await pipe.end('b');
  expect(
    cells['a']!.outputs.map((output) => (output.kind === 'stream' ? `${output.name} ${output.head}` : output.kind)),
  ).toEqual([...['stdout 1', 'stderr 1', 'stdout 2', 'stderr 2', 'data', 'stdout 3']]);
  expect(cells['b']!.outputs).toMatchObject([{ head: '12' }]);
});

test('output that was cleared before it was shown is not shown', async () => {
  const { pipe, cells, batches } = makePipe();
  pipe.add('a', print('keep\n'));
  await sleep(60);
  for (let i = 0; i < 100; i++) {
    pipe.add('a', { kind: 'clear', wait: true });
    pipe.add('a', show(String(i)));
  }
  await pipe.end('a');
  expect(cells['a']!.outputs).toMatchObject([show('99')]);
  expect(batches.flat().length).toBeLessThan(10);
});
