import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { countRuns, endWorker, silicon, startWorker, submitSilicon, type TestWorker, untilState } from './workers';

let platform: TestPlatform;
let worker: TestWorker;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  worker = await startWorker();
  caller = createCaller({ actor: platform.actor });
});
afterAll(async () => {
  if (worker) await endWorker(worker, 'SIGKILL');
  await platform?.stop();
});

const ENDED = ['finished', 'failed', 'killed'];

const jobOf = (calculationId: string, name: string) =>
  db().process.findFirstOrThrow({ where: { calculationId, name }, include: { links: true } });

test('a calculation runs again from a step: what came before is taken over, also where reuse is refused', async () => {
  const { id } = await submitSilicon(platform.actor, 4);
  expect(await untilState(id, ENDED)).toBe('finished');
  const again = await caller.calculations.rerun({ id, from: 'bands', set: { 'bands.count': 7, 'resources.cores': 1 } });
  expect(await untilState(again.id, ENDED)).toBe('finished');

  const [source, taken, bands] = [
    await jobOf(id, 'scf'),
    await jobOf(again.id, 'scf'),
    await jobOf(again.id, 'bands-path'),
  ];
  expect([countRuns(source.id), countRuns(taken.id), countRuns(bands.id)]).toEqual([1, 0, 1]);
  expect(taken).toMatchObject({ state: 'finished', reusedFromId: source.id, jobKey: source.jobKey, attempt: 0 });
  const outputs = ({ links }: typeof source) => links.filter(({ kind }) => kind !== 'input');
  expect(
    outputs(taken)
      .map(({ kind, name }) => `${kind} ${name}`)
      .sort(),
  ).toEqual(['return density', 'return files', 'return result']);
  expect(
    outputs(taken)
      .map(({ dataNodeId }) => dataNodeId)
      .sort(),
  ).toEqual(
    outputs(source)
      .map(({ dataNodeId }) => dataNodeId)
      .sort(),
  );
  const density = outputs(source).find(({ name }) => name === 'density')!.dataNodeId;
  expect(bands.links.some(({ kind, dataNodeId }) => kind === 'input' && dataNodeId === density)).toBe(true);

  const told = await caller.calculations.get({ id: again.id });
  expect(told.rerunOf).toEqual({ id, label: (await caller.calculations.get({ id })).label, from: 'bands' });
  expect(told.inputs.resolved.properties['bands']?.settings).toMatchObject({ count: 7 });
  expect((await caller.calculations.results({ id: again.id })).scf?.energyEv).toBeCloseTo(-7.9 * 27.211386245988, 9);

  // Of one that took its density over it takes the same one.
  const third = await caller.calculations.rerun({ id: again.id, from: 'dos' });
  expect(await untilState(third.id, ENDED)).toBe('finished');
  expect(await jobOf(third.id, 'scf')).toMatchObject({ reusedFromId: source.id });
  expect(await jobOf(third.id, 'bands-path')).toMatchObject({ reusedFromId: bands.id });
  expect(countRuns((await jobOf(third.id, 'dos-mesh')).id)).toBe(1);
});

test('what would change a step before is refused, and so is a choice that does not exist', async () => {
  const { id } = await submitSilicon(platform.actor, 3);
  expect(await untilState(id, ENDED)).toBe('finished');
  const rerun = (from: 'relax' | 'scf' | 'bands', set: Record<string, never>) =>
    caller.calculations.rerun({ id, from, set });
  await expect(rerun('bands', { cutoffHartree: 20 } as never)).rejects.toThrow(
    /“Self-consistent density” would be another/,
  );
  await expect(rerun('bands', { relax: {} } as never)).rejects.toThrow(/“Relaxed geometry” did not finish/);
  await expect(rerun('relax', {})).rejects.toThrow(/not among the chosen properties/);
  for (const name of ['bands.colour', 'cutof', 'structureId', 'overrides.cutof', '__proto__.x'])
    await expect(rerun('bands', { [name]: 1 } as never)).rejects.toThrow(`There is no choice named ${name}.`);
  await expect(rerun('bands', { cores: 'many' } as never)).rejects.toThrow(/resources\.cores/);
  // From its first step all may change.
  const { id: other } = await rerun('scf', { cutoffHartree: 20, dos: null } as never);
  expect(await untilState(other, ENDED)).toBe('finished');
  expect((await caller.calculations.get({ id: other })).properties).toEqual(['bands']);
});

test('a failed calculation runs again from the step that failed, not from a later one', async () => {
  const { id } = await submitSilicon(platform.actor, 3, { cutoffHartree: 13 });
  expect(await untilState(id, ENDED)).toBe('failed');
  await expect(caller.calculations.rerun({ id, from: 'bands' })).rejects.toThrow(/did not finish/);
  const { id: again } = await caller.calculations.rerun({ id, from: 'scf', set: { cutoffHartree: 15 } });
  expect(await untilState(again, ENDED)).toBe('finished');
});

test('a draft that runs another again says what it takes over, and stands in the way of what would change it', async () => {
  const { id } = await submitSilicon(platform.actor, 4);
  expect(await untilState(id, ENDED)).toBe('finished');
  const draft = await caller.drafts.copyFromCalculation({ calculationId: id, from: 'dos' });
  expect(draft).toMatchObject({ step: 'properties', data: { rerun: { calculationId: id, from: 'dos' } } });
  expect(Object.keys((await caller.calculations.resolve({ draftId: draft.id })).estimate!.secondsByTask)).toEqual([
    'dos',
  ]);
  const overrides = { ...draft.data.overrides, mesh: [3, 3, 3] as [number, number, number] };
  const changed = await caller.drafts.update({ id: draft.id, version: draft.version, changes: { overrides } });
  const { blockers } = await caller.calculations.resolve({ draftId: draft.id });
  expect(blockers.map(({ code }) => code)).toEqual(['rerun-changed']);
  await expect(caller.calculations.submit({ draftId: draft.id, version: changed.version })).rejects.toThrow(
    /would be another/,
  );
  const back = { overrides: draft.data.overrides };
  const { version } = await caller.drafts.update({ id: draft.id, version: changed.version, changes: back });
  const { id: again } = await caller.calculations.submit({ draftId: draft.id, version });
  expect(await untilState(again, ENDED)).toBe('finished');
  expect((await jobOf(again, 'bands-path')).reusedFromId).toBe((await jobOf(id, 'bands-path')).id);
});

test('what a person marked is not taken over by the cache, nor what others took over from it', async () => {
  const first = await submitSilicon(platform.actor, 5, {}, true);
  const submit = async () => {
    const { id } = await submitSilicon(platform.actor, 5, {}, true);
    expect(await untilState(id, ENDED)).toBe('finished');
    return (await jobOf(id, 'scf')).reusedFromId;
  };
  await untilState(first.id, ENDED);
  const { id: scf } = await jobOf(first.id, 'scf');
  expect(await submit()).toBe(scf);
  await caller.calculations.setReuse({ id: first.id, isReusable: false });
  expect((await caller.calculations.get({ id: first.id })).isReusable).toBe(false);
  expect(await submit()).toBe(null);
  await caller.calculations.setReuse({ id: first.id, isReusable: true });
  expect(await submit()).not.toBe(null);
});

test('a result that came about after a failure that forbids it is not taken over', async () => {
  const submit = async (cutoffHartree: number) => {
    const { id } = await caller.calculations.run({
      ...{ structure: structuredClone(silicon) as never, properties: { bands: {} }, protocol: 'fast' },
      overrides: { cutoffHartree },
      resources: { cores: 1, monitors: { energyJumpEv: 1 } },
    });
    expect(await untilState(id, ENDED)).toBe('finished');
    return jobOf(id, 'scf');
  };
  const swung = await submit(18);
  expect(swung).toMatchObject({ failuresMet: ['energy-diverging'], attempt: 2, exitCode: 0 });
  expect(await submit(18)).toMatchObject({ jobKey: swung.jobKey, reusedFromId: null, attempt: 2 });
  // Other failures do not forbid it.
  const unconverged = await submit(19);
  expect(unconverged).toMatchObject({ failuresMet: ['not-converged'] });
  expect((await submit(19)).reusedFromId).toBe(unconverged.id);
});
