import { BOHR_ANGSTROM, HARTREE_EV, HARTREE_PER_BOHR3_GPA } from '@/kernels/core/constants';
import { type PlanewaveOutput, planewaveOutputSchema } from '@/kernels/planewave/schema';
import type { BandsResult, DosResult, Gap, RelaxResult, ScfResult } from '@/server/schemas/results';
import type { Task, TaskContext, TaskResult } from '../engine';
import { pathAxis } from '../path-axis';
import { type ReadBytes, readArray } from './read-array';

const eV = (hartree: number) => hartree * HARTREE_EV;
const eVOrNull = (hartree: number | null) => (hartree === null ? null : eV(hartree));

/** The kernel's output as the result that every engine gives. */
export async function parse(
  task: Task,
  context: TaskContext,
  readText: (name: string) => Promise<string>,
  readBytes: ReadBytes,
): Promise<TaskResult> {
  const output = planewaveOutputSchema.parse(JSON.parse(await readText('output.json')));
  switch (task.kind) {
    case 'scf':
      return { kind: 'scf', value: scfResult(output, context) };
    case 'relax':
      return { kind: 'relax', value: relaxResult(output, context) };
    case 'bands':
      return { kind: 'bands', value: await bandsResult(output, task, context, readBytes) };
    case 'dos':
      return { kind: 'dos', value: await dosResult(output, task, readBytes) };
    case 'volumes':
      return { kind: 'volumes', value: { volumes: output.volumes ?? [] } };
  }
}

function scfResult(output: PlanewaveOutput, { structure, build }: TaskContext): ScfResult {
  return {
    converged: output.converged,
    energyEv: eVOrNull(output.energyHartree),
    energyEvPerAtom: output.energyHartree === null ? null : eV(output.energyHartree) / structure.sites.length,
    energyZeroWidthEv: eVOrNull(output.energyZeroWidthHartree),
    termsEv:
      output.termsHartree &&
      Object.fromEntries(Object.entries(output.termsHartree).map(([name, value]) => [name, eV(value)])),
    fermiEv: eV(output.fermiHartree),
    electrons: output.electrons,
    gap: gapOf(output),
    iterations: output.iterations.map(({ iteration, energyHartree, residual, seconds }) => ({
      iteration,
      energyEv: eV(energyHartree),
      residual,
      seconds,
    })),
    used: output.resolved,
    notes: output.notes,
    timings: output.timings,
    program: { name: 'planewave', version: `${output.version} (${build.slice(0, 12)})` },
    ...mechanicsOf(output),
    ...magnetismOf(output),
  };
}

const EV_PER_ANGSTROM = HARTREE_EV / BOHR_ANGSTROM;

function mechanicsOf(output: PlanewaveOutput): Partial<ScfResult> {
  const { forcesHartreePerBohr: forces, netForceHartreePerBohr: net, stressHartreePerBohr3: stress } = output;
  const scaled = (v: readonly number[], by: number) => v.map((x) => x * by) as [number, number, number];
  return {
    ...(forces && { forcesEvPerAngstrom: forces.map((force) => scaled(force, EV_PER_ANGSTROM)) }),
    ...(net && { netForceEvPerAngstrom: scaled(net, EV_PER_ANGSTROM) }),
    ...(stress && {
      stressGpa: stress.map((row) => scaled(row, HARTREE_PER_BOHR3_GPA)) as NonNullable<ScfResult['stressGpa']>,
      pressureGpa: (-(stress[0][0] + stress[1][1] + stress[2][2]) / 3) * HARTREE_PER_BOHR3_GPA,
    }),
  };
}

function magnetismOf({
  totalMagnetisation,
  absoluteMagnetisation,
  fermiSpinHartree,
  sites,
  siteMethod,
}: PlanewaveOutput): Partial<ScfResult> {
  return {
    ...(totalMagnetisation !== undefined && { totalMagnetisation }),
    ...(absoluteMagnetisation !== undefined && { absoluteMagnetisation }),
    ...(fermiSpinHartree && { fermiSpinEv: [eV(fermiSpinHartree[0]), eV(fermiSpinHartree[1])] }),
    ...(sites && { sites }),
    ...(siteMethod && { siteMethod }),
  };
}

function relaxResult(output: PlanewaveOutput, context: TaskContext): RelaxResult {
  return {
    converged: output.converged,
    trajectory: (output.trajectory ?? []).map(({ step, run, energyHartree, pressureGpa, ...geometry }) => ({
      step,
      run,
      energyEv: eV(energyHartree),
      largestForceEvPerAngstrom: geometry.largestForceHartreePerBohr * EV_PER_ANGSTROM,
      pressureGpa,
      cellAngstrom: geometry.cellAngstrom,
      fractional: geometry.fractional,
    })),
    scf: scfResult(output, context),
    spaceGroup: {
      before: output.resolved.spaceGroupNumber,
      after: output.resolved.finalSpaceGroupNumber ?? output.resolved.spaceGroupNumber,
    },
  };
}

function gapOf({ gap }: PlanewaveOutput): Gap {
  const edge = (side: PlanewaveOutput['gap']['valence']) =>
    side && { energyEv: eV(side.energyHartree), band: side.band, fractional: side.fractional, label: side.label };
  return {
    gapEv: eV(gap.gapHartree),
    kind: gap.kind,
    directEv: eVOrNull(gap.directHartree),
    valence: edge(gap.valence),
    conduction: edge(gap.conduction),
  };
}

/** An insulator's energies count from its valence maximum, a metal's from its Fermi level. */
function zeroOf(output: PlanewaveOutput): { zeroEv: number; zero: 'fermi' | 'valence-maximum' } {
  const { valence } = output.gap;
  return valence
    ? { zeroEv: eV(valence.energyHartree), zero: 'valence-maximum' }
    : { zeroEv: eV(output.fermiHartree), zero: 'fermi' };
}

async function bandsResult(
  output: PlanewaveOutput,
  { segments, note }: Extract<Task, { kind: 'bands' }>,
  { structure }: TaskContext,
  readBytes: ReadBytes,
): Promise<BandsResult> {
  const { effectiveMasses, projections } = output;
  const points = output.eigenvalues.kpoints.map(({ fractional, label }) =>
    label === undefined ? { fractional } : { fractional, label },
  );
  return {
    ...pathAxis(points, segments, structure),
    segments,
    energiesEv: output.eigenvalues.valuesHartree.map((spin) => spin.map((bands) => bands.map(eV))),
    fermiEv: eV(output.fermiHartree),
    ...zeroOf(output),
    gap: gapOf(output),
    note,
    ...(projections?.weights && {
      projections: { orbitals: projections.orbitals, weights: await readArray<4>(projections.weights, readBytes) },
    }),
    ...(effectiveMasses && { effectiveMasses }),
  };
}

async function dosResult(
  output: PlanewaveOutput,
  { method }: Extract<Task, { kind: 'dos' }>,
  readBytes: ReadBytes,
): Promise<DosResult> {
  if (!output.dos) throw new Error('the output of task dos holds no density of states');
  return {
    energiesEv: output.dos.energiesHartree.map(eV),
    statesPerEv: output.dos.statesPerHartree.map((spin) => spin.map((states) => states / HARTREE_EV)),
    integratedStates: output.dos.integratedStates,
    fermiEv: eV(output.fermiHartree),
    ...zeroOf(output),
    method,
    gap: gapOf(output),
    ...(output.projections?.statesPerHartree && {
      projections: await orbitalStates(output.projections, output.projections.statesPerHartree, readBytes),
    }),
  };
}

async function orbitalStates(
  { orbitals, spilling, charges }: NonNullable<PlanewaveOutput['projections']>,
  stored: number[][][] | { npy: string },
  readBytes: ReadBytes,
): Promise<DosResult['projections']> {
  const statesPerHartree = await readArray<3>(stored, readBytes);
  const statesPerEv = statesPerHartree.map((spin) => spin.map((curve) => curve.map((states) => states / HARTREE_EV)));
  return { orbitals, statesPerEv, spilling, charges };
}
