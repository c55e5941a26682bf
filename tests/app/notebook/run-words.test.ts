import { expect, test } from 'vitest';
import { runWords } from '@/app/notebook/run-words';
import { after, finished, insert, ready, run, started } from '@/tests/server/schemas/notebook/notebooks';

const cells = [insert('a'), insert('b', 'a'), insert('c', 'b'), ready];
const words = (state: ReturnType<typeof after>, id: string, source = `run ${id}`, stale: string | null = null) =>
  runWords(state.cells[id]!, {
    ...{ place: state.queue.indexOf(id) + 1, runtime: state.runtime, source, stale },
    nowMs: Date.parse('2026-01-01T00:01:05.000Z'),
  });

test('a cell tells its place in the queue, and how long it runs', () => {
  const state = after([...cells, run('a', 'b', 'c'), started('a')]);
  expect(words(state, 'a')?.word).toBe('Running 1 min 5 s');
  expect(words(state, 'b')).toMatchObject({ word: 'Queued, 1st', detail: null });
  expect(words(state, 'c', 'edited')).toMatchObject({ word: 'Queued, 2nd', detail: 'edited since: it runs as it was' });
});

test('a cell that is stale says so, with the reason', () => {
  const ran = after([...cells, run('a'), started('a'), finished('a')]);
  expect(words(ran, 'a')).toMatchObject({ word: '0.00 s', tone: 'good' });
  expect(words(ran, 'a', '', 'edited since it ran')).toMatchObject({ word: 'Stale', detail: 'edited since it ran' });
  const failed = after([...cells, run('a'), started('a'), finished('a', 'error')]);
  expect(words(failed, 'a', '', 'edited since it ran')).toMatchObject({ tone: 'bad', detail: 'edited since it ran' });
});

test('a cell that has never run says nothing', () => {
  expect(words(after(cells), 'a')).toBeNull();
});
