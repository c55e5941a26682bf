import { HARTREE_EV } from '@/kernels/core/constants';
import type { Progress } from '@/kernels/core/kernel';
import type { BandsResult, DosResult, Gap, RelaxResult } from '@/server/schemas/results';
import type { Task, TaskContext, TaskResult } from '../../engine';
import { pathAxis } from '../../path-axis';
import { SAVE_FOLDER } from '../input/make-input';
import { SCF_XML } from '../prepare';
import { readDos } from './dos';
import { gapOf } from './gap';
import { type PwRun, readPwXml } from './pw-xml';
import { mechanicsOf, type RunFiles, scfResult } from './scf-result';

type ReadText = (name: string) => Promise<string>;

/** What the programs left as the result that every engine gives. */
export async function parse(task: Task, context: TaskContext, readText: ReadText): Promise<TaskResult> {
  const readRun = async (name: string) => readPwXml(await readText(name));
  const ownXml = `${SAVE_FOLDER}/data-file-schema.xml`;
  switch (task.kind) {
    case 'scf':
      return { kind: 'scf', value: scfResult(await readRun(ownXml), await readFiles(readText), context) };
    case 'relax':
      return { kind: 'relax', value: relaxResult(await readRun(ownXml), await readFiles(readText), context) };
    case 'bands': {
      const [scf, run] = [await readRun(SCF_XML), await readRun(ownXml)];
      return { kind: 'bands', value: bandsResult(task, context, scf, run) };
    }
    case 'dos': {
      const [scf, run] = [await readRun(SCF_XML), await readRun(ownXml)];
      return { kind: 'dos', value: dosResult(task, scf, run, await readText('dos.dat')) };
    }
    case 'volumes':
      throw new Error('volumes are not read yet');
  }
}

async function readFiles(readText: ReadText): Promise<RunFiles> {
  const lines = (await readText('progress.jsonl')).split('\n').filter((line) => line !== '');
  const run = await readText('run.json').catch(() => '{"timings": {}, "restarts": []}');
  return {
    progress: lines.map((line) => JSON.parse(line) as Progress),
    output: await readText('pw.out'),
    run: JSON.parse(run) as RunFiles['run'],
  };
}

function relaxResult(run: PwRun, files: RunFiles, context: TaskContext): RelaxResult {
  // A relaxation of the cell ends with a run on fresh plane waves, which is the last geometry told.
  const steps = run.trajectory.length > 0 ? run.trajectory : [run];
  const trajectory = steps.map((step, index) => {
    const { forcesEvPerAngstrom, pressureGpa } = mechanicsOf(step);
    return {
      step: index,
      run: 0,
      energyEv: (step.energyHartree ?? Number.NaN) * HARTREE_EV,
      largestForceEvPerAngstrom: Math.max(0, ...(forcesEvPerAngstrom ?? []).flat().map(Math.abs)),
      pressureGpa: pressureGpa ?? null,
      cellAngstrom: step.cellAngstrom,
      fractional: step.fractional,
    };
  });
  return {
    converged: run.convergedRelax ?? run.convergedScf,
    trajectory,
    scf: scfResult(run, files, context),
    spaceGroup: { before: null, after: null },
  };
}

/** An insulator's energies count from its valence maximum, a metal's from its Fermi level. */
function zeroOf(gap: Gap, fermiEv: number): { zeroEv: number; zero: 'fermi' | 'valence-maximum' } {
  return gap.valence ? { zeroEv: gap.valence.energyEv, zero: 'valence-maximum' } : { zeroEv: fermiEv, zero: 'fermi' };
}

function bandsResult(
  task: Extract<Task, { kind: 'bands' }>,
  { structure }: TaskContext,
  scf: PwRun,
  run: PwRun,
): BandsResult {
  const gap = gapOf([{ run, points: task.points }, { run: scf }], scf.totalMagnetisation);
  const fermiEv = scf.fermiHartree * HARTREE_EV;
  return {
    ...pathAxis(task.points, task.segments, structure),
    segments: task.segments,
    energiesEv: run.eigenvaluesHartree.map((spin) => spin.map((bands) => bands.map((e) => e * HARTREE_EV))),
    fermiEv,
    ...zeroOf(gap, fermiEv),
    gap,
    note: task.note,
  };
}

function dosResult(task: Extract<Task, { kind: 'dos' }>, scf: PwRun, run: PwRun, text: string): DosResult {
  const gap = gapOf([{ run }, { run: scf }], scf.totalMagnetisation);
  const fermiEv = run.fermiHartree * HARTREE_EV;
  return { ...readDos(text), fermiEv, ...zeroOf(gap, fermiEv), method: task.method, gap };
}
