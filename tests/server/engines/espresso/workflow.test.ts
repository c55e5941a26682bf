import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { installFamily } from '@/server/services/pseudopotentials/install-family';
import { isFullRun } from '../../../full-run';
import { startTestPlatform, type TestPlatform } from '../../platform';
import { ensurePrograms } from '../../programs';
import { makeTarGz } from '../../pseudopotentials/archives';
import { endWorker, silicon, type TestWorker, untilState } from '../../workflows/workers';
import { compute, hasEspresso, startRealWorker } from './platform';

// Whole workers and whole calculations: on a busy machine they take their time.

let platform: TestPlatform;
let worker: TestWorker | null = null;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
});
afterAll(async () => {
  if (worker) await endWorker(worker, 'SIGTERM');
  await platform?.stop();
});

async function withWorker(environment: Record<string, string> = {}): Promise<TestWorker> {
  if (worker) await endWorker(worker, 'SIGTERM');
  worker = await startRealWorker(environment);
  return worker;
}

const small = {
  structure: silicon,
  properties: { bands: { stepPerAngstrom: 0.5 } },
  engine: 'espresso',
  electronicType: 'insulator',
  protocol: 'fast',
  overrides: { mesh: [2, 2, 2], cutoffHartree: 10 },
};
/** Eight atoms and many plane waves: it computes for half a minute. */
const long = {
  ...small,
  structure: {
    cellAngstrom: [
      [5.43, 0, 0],
      [0, 5.43, 0],
      [0, 0, 5.43],
    ],
    sites: [
      [0, 0, 0],
      [0, 0.5, 0.5],
      [0.5, 0, 0.5],
      [0.5, 0.5, 0],
      [0.25, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.75, 0.25, 0.75],
      [0.75, 0.75, 0.26],
    ].map((fractional) => ({ element: 'Si', fractional })),
  },
  overrides: { mesh: [4, 4, 4], cutoffHartree: 40, energyToleranceHartreePerAtom: 1e-13 },
};
/** Processes of pw.x that run in folders of this platform: others may compute beside it. */
const programs = () =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const isOurs = readlinkSync(`/proc/${pid}/cwd`).startsWith(platform.dataFolder);
      return isOurs && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'pw.x';
    } catch {
      return false;
    }
  }).length;
const until = async (isTrue: () => boolean | Promise<boolean>, what: string) => {
  for (let i = 0; i < 600; i++) {
    if (await isTrue()) return;
    await sleep(100);
  }
  throw new Error(`never came: ${what}`);
};

test('where pw.x is missing a calculation with it is refused with what to do, and the embedded engine goes on', async () => {
  // A PATH with all that jobs need but no pw.x.
  const bin = mkdtempSync(join(tmpdir(), 'brine-bin-'));
  for (const name of ['sh', 'cat', 'mv', 'mkdir', 'sed', 'cut', 'echo', 'nice']) {
    const path = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find(existsSync);
    if (path) symlinkSync(path, join(bin, name));
  }
  await withWorker({ PATH: bin });
  await expect(compute(platform.actor, small)).rejects.toThrow(/apt-get install quantum-espresso/);
  const caller = createCaller({ actor: platform.actor });
  expect((await caller.computers.list())[0]).toMatchObject({ espresso: null });
  const { state } = await compute(platform.actor, { ...small, engine: 'planewave' });
  expect(state).toBe('finished');
});

test('where pw.x went away after the submission the calculation ends with that sentence', async () => {
  const { id: computerId } = await db().computer.findFirstOrThrow({ where: { key: { not: null } } });
  await db().computer.update({ where: { id: computerId }, data: { programs: { espresso: { version: '6.7MaX' } } } });
  const { state, jobs } = await compute(platform.actor, small);
  expect(state).toBe('failed');
  expect(jobs.find(({ name }) => name === 'scf')!.failure).toMatchObject({
    message: expect.stringContaining('not installed'),
  });
});

describe.skipIf(!hasEspresso)('a calculation with pw.x', () => {
  beforeAll(async () => {
    await withWorker();
  });

  test('keeps the input that a person changed, runs it, and is reused only by its equal', async () => {
    const caller = createCaller({ actor: platform.actor });
    expect((await caller.computers.list())[0]!.espresso).toMatch(/^\d+\.\d+/);
    const { id: structureId } = await caller.structures.import({ text: JSON.stringify(silicon) });
    const { structure: _, ...rest } = small;
    const draft = await caller.drafts.create({ data: { ...rest, structureId } as never });
    const [scf] = await caller.calculations.espressoInputs({ draftId: draft.id });
    const text = scf!.made.replace(/mixing_beta = \S+/, 'mixing_beta = 0.35');
    const run = async (espressoEdits: Record<string, string>) => {
      const done = await compute(platform.actor, { ...small, espressoEdits, useCache: true });
      expect(done.state, JSON.stringify(done.jobs.map((job) => job.failure))).toBe('finished');
      return done;
    };
    const plain = await run({});
    const edited = await run({ scf: text });
    expect(edited.jobs.find(({ name }) => name === 'scf')!.reusedFromId).toBeNull();
    const files = await caller.calculations.files({ id: edited.id });
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['pw.in', 'pw.out']));
    const { inputs } = await caller.calculations.get({ id: edited.id });
    expect(inputs.resolved.espressoEdits.scf).toContain('0.35');
    const written = readFileSync(
      join(platform.dataFolder, 'runs', edited.jobs.find(({ name }) => name === 'scf')!.id, 'pw.in'),
      'utf8',
    );
    expect(written).toMatch(/mixing_beta = 3\.5d-1/);
    expect(written).toContain("outdir = './'");
    const again = await run({});
    expect(again.jobs.find(({ name }) => name === 'scf')!.reusedFromId).toBe(
      plain.jobs.find(({ name }) => name === 'scf')!.id,
    );
    await expect(run({ scf: text.replace('&CONTROL', "&CONTROL\n outdir = '/'") })).rejects.toThrow(/outdir/);
  });

  test.each([['MPI', 2], ...(isFullRun ? ([['one process', 1]] as const) : [])] as const)(
    'of %s that is stopped leaves no process behind, and one that the platform leaves goes on later',
    async (_, cores) => {
      const caller = createCaller({ actor: platform.actor });
      const { id } = await caller.calculations.run({ ...long, useCache: false, resources: { cores } } as never);
      await until(() => programs() > 0, 'pw.x starts');
      await until(
        async () => (await db().process.findFirst({ where: { calculationId: id, name: 'scf' } }))!.progressLines > 3,
        'iterations',
      );
      await endWorker(worker!, 'SIGTERM');
      expect(programs()).toBe(0);
      const job = await db().process.findFirstOrThrow({ where: { calculationId: id, name: 'scf' } });
      expect(job.state).toBe('queued');
      worker = null;
      await withWorker();
      await until(() => programs() > 0, 'pw.x starts again');
      const told = async () => JSON.stringify(await db().processEvent.findMany({ where: { processId: job.id } }));
      await until(async () => (await told()).includes('goes on from the state'), 'the job goes on');
      // It goes on with the iteration at which it was.
      await until(
        async () =>
          readFileSync(join(platform.dataFolder, 'runs', job.id, 'pw.out'), 'utf8').includes(
            'restarted from scf iteration',
          ),
        'the restart',
      );
      await caller.calculations.stop({ id });
      expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('killed');
      await until(() => programs() === 0, 'pw.x ends');
    },
  );

  test('of MPI that is killed without a word leaves no process behind', async () => {
    const caller = createCaller({ actor: platform.actor });
    const { id } = await caller.calculations.run({ ...long, useCache: false, resources: { cores: 2 } } as never);
    await until(() => programs() === 2, 'pw.x starts');
    const job = await db().process.findFirstOrThrow({ where: { calculationId: id, name: 'scf' } });
    const [, pid] = readFileSync(join(platform.dataFolder, 'runs', job.id, 'pid'), 'utf8').split(' ');
    await caller.calculations.stop({ id });
    process.kill(-Number(pid), 'SIGKILL');
    await until(() => programs() === 0, 'pw.x ends');
    expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('killed');
  });

  test('of many atoms shares its k-points among pools of processes', async () => {
    const file = {
      ...long,
      properties: { bands: { stepPerAngstrom: 1 } },
      overrides: { mesh: [2, 2, 2], cutoffHartree: 8 },
    };
    const { state, results, jobs } = await compute(platform.actor, file);
    expect(state, JSON.stringify(jobs.map((job) => job.failure))).toBe('finished');
    expect(results.scf!.used.threads).toBe(2);
    const serial = await compute(platform.actor, { ...file, resources: { cores: 1 } });
    expect(serial.results.scf!.used.threads).toBe(1);
    expect(Math.abs(serial.results.scf!.energyEv! - results.scf!.energyEv!)).toBeLessThan(1e-5);
  });

  const shipped = '/usr/share/espresso/pseudo';
  const family = async (name: string, files: string[], cutoffs: object) => {
    const packed = files.map((file) => ({ path: file, bytes: readFileSync(join(shipped, file)) }));
    const table = { path: 'table.json', bytes: Buffer.from(JSON.stringify(cutoffs)) };
    async function* archive() {
      yield makeTarGz([...packed, table]);
    }
    return (await installFamily(platform.actor, { name, archive: archive() })).id!;
  };

  test.skipIf(!existsSync(shipped))(
    'takes ultrasoft and PAW files of an installed family with their own density cutoff',
    async () => {
      const files = ['Si.pbe-nl-rrkjus_psl.1.0.0.UPF', 'O.pbe-n-kjpaw_psl.0.1.UPF'].filter((name) =>
        existsSync(join(shipped, name)),
      );
      const id = await family('shipped', files.length === 2 ? files : [files[0]!], {
        Si: { cutoff_wfc: 30, cutoff_rho: 240 },
        O: { cutoff_wfc: 40, cutoff_rho: 320 },
      });
      const { cutoffHartree: _, ...overrides } = small.overrides;
      const { state, results, jobs } = await compute(platform.actor, {
        ...small,
        pseudopotentialFamilyId: id,
        overrides,
      });
      expect(state, JSON.stringify(jobs.map((job) => job.failure))).toBe('finished');
      expect(results.scf!.used).toMatchObject({ cutoffHartree: 15, pseudopotentials: { Si: files[0] } });
      // Of silicon, indirect.
      expect(results.properties.bands!.gap.gapEv).toBeGreaterThan(0.3);
    },
  );

  test.skipIf(!existsSync(join(shipped, 'Pt.rel-pz-n-rrkjus.UPF')))(
    'splits the bands of platinum by spin-orbit coupling',
    async () => {
      const id = await family('relativistic', ['Pt.rel-pz-n-rrkjus.UPF'], { Pt: { cutoff_wfc: 30, cutoff_rho: 250 } });
      const platinum = {
        ...small,
        structure: {
          cellAngstrom: [
            [0, 1.96, 1.96],
            [1.96, 0, 1.96],
            [1.96, 1.96, 0],
          ],
          sites: [{ element: 'Pt', fractional: [0, 0, 0] }],
        },
        ...{ electronicType: 'metal', functional: 'lda-pz', spinOrbit: true, pseudopotentialFamilyId: id },
        overrides: { mesh: [3, 3, 3] },
      };
      const { state, results, jobs } = await compute(platform.actor, platinum);
      expect(state, JSON.stringify(jobs.map((job) => job.failure))).toBe('finished');
      const [bands] = results.properties.bands!.energiesEv;
      // Ten electrons, one to a band of spinors, which come in pairs at every point of a crystal with inversion.
      expect(bands![0]!.length).toBeGreaterThanOrEqual(14);
      for (let band = 0; band < 10; band += 2) expect(bands![0]![band + 1]! - bands![0]![band]!).toBeLessThan(1e-3);
      expect(results.scf!.notes.join(' ')).toContain('the states are spinors');
      // The d levels at the centre, split by about an electronvolt.
      expect(bands![0]![9]! - bands![0]![2]!).toBeGreaterThan(1);
    },
  );
});
