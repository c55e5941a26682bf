import { HARTREE_EV } from '@/kernels/core/constants';
import type { Progress } from '@/kernels/core/kernel';
import type { Structure } from '@/kernels/crystal/schema';
import { SHOWN_TOLERANCE_ANGSTROM } from '@/kernels/crystal/symmetry';
import type { BandsResult, DosResult, Gap, RelaxResult } from '@/server/schemas/results';
import { boundariesOf } from '../../boundaries';
import type { Task, TaskContext, TaskResult } from '../../engine';
import { pathAxis } from '../../path-axis';
import { SAVE_FOLDER } from '../input/make-input';
import { upfName } from '../input/species';
import { runFile } from '../job/relax-again';
import { SCF_XML } from '../prepare';
import { readDos } from './dos';
import { gapOf } from './gap';
import { isCellRelaxation, printedPressures } from './printed-pressures';
import {
  readCharges,
  readOrbitalStates,
  readPrincipals,
  readStates,
  readWeights,
  statesFile,
  toOrbitals,
} from './projections';
import { type PwGeometry, type PwRun, readPwXml } from './pw-xml';
import { mechanicsOf, type RunFiles, scfResult } from './scf-result';
import { spaceGroupOf } from './space-group';
import { readVolumes } from './volumes';
import { parseXml } from './xml';

type ReadText = (name: string) => Promise<string>;

/** What the programs left as the result that every engine gives. */
export async function parse(task: Task, context: TaskContext, readText: ReadText): Promise<TaskResult> {
  const readRun = async (name: string) => readPwXml(await readText(name));
  const ownXml = `${SAVE_FOLDER}/data-file-schema.xml`;
  switch (task.kind) {
    case 'scf':
      return { kind: 'scf', value: scfResult(await readRun(ownXml), await readFiles(readText), context) };
    case 'relax': {
      const files = await readFiles(readText);
      const runs = [...(await readEarlierRuns(readText)), { run: await readRun(ownXml), output: files.output }];
      return { kind: 'relax', value: relaxResult(runs, files, context) };
    }
    case 'bands': {
      const [scf, run] = [await readRun(SCF_XML), await readRun(ownXml)];
      const projections = task.projections ? await fatBands(context, readText) : null;
      return { kind: 'bands', value: { ...bandsResult(task, context, scf, run), ...(projections && { projections }) } };
    }
    case 'dos': {
      const [scf, run] = [await readRun(SCF_XML), await readRun(ownXml)];
      const value = dosResult(task, scf, run, await readText('dos.dat'));
      const projections = task.projections ? await orbitalStates(context, value, readText) : null;
      return { kind: 'dos', value: { ...value, ...(projections && { projections }) } };
    }
    case 'volumes':
      return { kind: 'volumes', value: await readVolumes(task, readText) };
  }
}

interface RelaxRun {
  run: PwRun;
  /** What pw.x printed in it. */
  output: string;
}

/** The runs of a cell's relaxation that were followed by another. */
async function readEarlierRuns(readText: ReadText): Promise<RelaxRun[]> {
  const runs: RelaxRun[] = [];
  for (;;) {
    const xml = await readText(runFile(runs.length + 1, 'xml')).catch(() => null);
    if (xml === null) return runs;
    runs.push({ run: readPwXml(xml), output: await readText(runFile(runs.length + 1, 'out')) });
  }
}

/** The orbitals of a projection; null with spinors, whose states are of another kind. */
async function readOrbitals({ structure }: TaskContext, readText: ReadText) {
  const output = await readText('projwfc.out');
  const states = readStates(output);
  if (states.length === 0) return null;
  const elements = structure.sites.map((site) => site.species[0]!.element);
  const principals: Record<string, number[]> = {};
  for (const element of new Set(elements)) principals[element] = readPrincipals(await readText(upfName(element)));
  return { output, states, orbitals: toOrbitals(states, elements, principals) };
}

async function fatBands(context: TaskContext, readText: ReadText): Promise<BandsResult['projections'] | null> {
  const found = await readOrbitals(context, readText);
  if (!found) return null;
  const document = parseXml(await readText(`${SAVE_FOLDER}/atomic_proj.xml`));
  return { orbitals: found.orbitals, weights: readWeights(document, found.orbitals.length) };
}

async function orbitalStates(
  context: TaskContext,
  { energiesEv, statesPerEv }: DosResult,
  readText: ReadText,
): Promise<DosResult['projections'] | null> {
  const found = await readOrbitals(context, readText);
  if (!found) return null;
  const files = new Map<string, string>();
  for (const name of new Set(found.states.map(statesFile))) files.set(name, await readText(name));
  return {
    orbitals: found.orbitals,
    statesPerEv: readOrbitalStates(found.states, files, energiesEv, statesPerEv.length),
    ...readCharges(found.output, statesPerEv.length),
  };
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

function relaxResult(runs: RelaxRun[], files: RunFiles, context: TaskContext): RelaxResult {
  const last = runs.at(-1)!.run;
  const trajectory: RelaxResult['trajectory'] = [];
  const addStep = (geometry: PwGeometry, run: number, printedGpa: number | null) => {
    const { forcesEvPerAngstrom = [], pressureGpa } = mechanicsOf(geometry, context.structure);
    trajectory.push({
      ...{ step: trajectory.length, run },
      energyEv: (geometry.energyHartree ?? Number.NaN) * HARTREE_EV,
      largestForceEvPerAngstrom: Math.max(0, ...forcesEvPerAngstrom.flat().map(Math.abs)),
      pressureGpa: pressureGpa ?? printedGpa,
      cellAngstrom: geometry.cellAngstrom,
      fractional: geometry.fractional,
    });
  };
  for (const [number, { run, output }] of runs.entries()) {
    const steps = run.trajectory.length > 0 ? run.trajectory : [run];
    // The file holds no stress of the steps; what was printed does. A run that went on from a saved state printed its last ones only.
    const printed = printedPressures(output, boundariesOf(context.structure) === 'slab');
    // A relaxation of the cell ends with a cycle on the plane waves of the last cell, with which the next run begins as well.
    const hasEnd = isCellRelaxation(output);
    const missing = Math.max(0, steps.length + (hasEnd ? 1 : 0) - printed.length);
    for (const [i, step] of steps.entries()) addStep(step, number, printed[i - missing] ?? null);
    if (hasEnd && number === runs.length - 1) addStep(run, number + 1, null);
  }
  return {
    converged: (last.convergedRelax ?? last.convergedScf) && files.run.isRelaxed !== false,
    trajectory,
    scf: scfResult(last, files, context),
    // As a person would see it: a relaxed structure is noisy.
    spaceGroup: {
      before: spaceGroupOf(context.structure, SHOWN_TOLERANCE_ANGSTROM),
      after: spaceGroupOf(relaxed(context.structure, last), SHOWN_TOLERANCE_ANGSTROM),
    },
  };
}

const relaxed = (structure: Structure, { cellAngstrom, fractional }: PwGeometry): Structure => ({
  ...structure,
  cellAngstrom,
  sites: structure.sites.map((site, i) => ({ ...site, position: fractional[i]! })),
});

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
  // Of the self-consistent mesh, as everywhere: with tetrahedra pw.x would put it somewhere into the gap.
  const fermiEv = scf.fermiHartree * HARTREE_EV;
  return { ...readDos(text), fermiEv, ...zeroOf(gap, fermiEv), method: task.method, gap };
}
