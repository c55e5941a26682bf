import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DraftChanges, DraftSaver, type SaveState } from '@/app/wizard/draft-saver';
import { type Draft, draftDataSchema } from '@/server/schemas/draft';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const blank = { id: 'd', version: 1, data: draftDataSchema.parse({}) } as Draft;

/** A page and a server in memory; `answers` are taken one a save, and are the server's own otherwise. */
function stage(answers: (() => Promise<Draft>)[] = []) {
  const page = { shown: blank, states: [] as SaveState[], sent: [] as [number, DraftChanges][], resolved: 0 };
  let stored = blank;
  const saver = new DraftSaver({
    current: () => page.shown,
    show: (draft) => {
      page.shown = draft;
    },
    send: async (version, changes) => {
      page.sent.push([version, changes]);
      const answer = answers.shift();
      if (answer) return answer();
      stored = { ...stored, version: version + 1, data: { ...stored.data, ...changes } };
      return stored;
    },
    reload: async () => {
      page.shown = { ...blank, version: 9, data: { ...blank.data, protocol: 'stringent' } };
    },
    onSaved: async () => {
      page.resolved += 1;
    },
    onState: (state) => void page.states.push(state),
    judge: (error) => ({ kind: (error as { kind: 'conflict' | 'refused' | 'later' }).kind, message: 'no' }),
  });
  return { page, saver };
}

test('changes show at once and are sent together a moment later', async () => {
  const { page, saver } = stage();
  saver.update({ protocol: 'fast' });
  saver.update({ functional: 'pbesol' });
  expect(page.shown.data).toMatchObject({ protocol: 'fast', functional: 'pbesol' });
  expect(page.sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  expect(page.sent).toEqual([[1, { protocol: 'fast', functional: 'pbesol' }]]);
  expect(page.states.at(-1)).toMatchObject({ isPending: false, message: null });
  expect(page.resolved).toBe(1);
});

test('what is typed during a save is not overwritten by its answer, and goes with the version it made', async () => {
  let answer: (draft: Draft) => void = () => undefined;
  const { page, saver } = stage([() => new Promise((resolve) => (answer = resolve))]);
  saver.update({ protocol: 'fast' });
  await vi.advanceTimersByTimeAsync(400);
  saver.update({ label: 'mine' });
  answer({ ...blank, version: 2, data: { ...blank.data, protocol: 'fast' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(page.shown.data).toMatchObject({ protocol: 'fast', label: 'mine' });
  await vi.advanceTimersByTimeAsync(400);
  expect(page.sent.at(-1)).toEqual([2, { label: 'mine' }]);
});

test('where another tab saved first the newer draft is shown and that is said', async () => {
  const { page, saver } = stage([() => Promise.reject({ kind: 'conflict' })]);
  saver.update({ protocol: 'fast' });
  await saver.flush();
  expect(page.shown).toMatchObject({ version: 9, data: { protocol: 'stringent' } });
  expect(page.states.at(-1)?.message).toContain('another tab');
});

test('a save that did not arrive is tried again with what was changed since', async () => {
  const { page, saver } = stage([() => Promise.reject({ kind: 'later' })]);
  saver.update({ protocol: 'fast' });
  await saver.flush();
  expect(page.states.at(-1)).toMatchObject({ isPending: true, message: 'no' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(page.sent).toHaveLength(2);
  expect(page.sent[1]).toEqual([1, { protocol: 'fast' }]);
  expect(page.states.at(-1)).toMatchObject({ isPending: false, message: null });
});

test('what the server refuses is kept on screen and not sent again by itself', async () => {
  const { page, saver } = stage([() => Promise.reject({ kind: 'refused' })]);
  saver.update({ label: 'x' });
  await saver.flush();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.sent).toHaveLength(1);
  expect(page.shown.data.label).toBe('x');
});
