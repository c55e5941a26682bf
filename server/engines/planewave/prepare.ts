import { createHash } from 'node:crypto';
import { BOHR_ANGSTROM, HARTREE_EV } from '@/kernels/core/constants';
import type { Structure } from '@/kernels/crystal/schema';
import { structureInput } from '@/kernels/crystal/structure';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import type { JobSpec } from '@/server/computers/job-spec';
import { env } from '@/server/env';
import type { Resolved } from '@/server/schemas/resolved';
import { boundariesOf } from '../boundaries';
import type { Task, TaskContext } from '../engine';

export const DENSITY_FOLDER = 'density';
/** Fields are written beside the output, where their files are looked for. */
const VOLUMES_FOLDER = '.';

/** The kernel's input and command for a task. */
export function prepare(task: Task, context: TaskContext): JobSpec {
  const input = makeInput(task, context);
  const { build, backend } = context;
  const density = task.kind === 'scf' || task.kind === 'relax' ? {} : (context.density ?? {});
  return {
    program: 'planewave',
    command: [
      process.execPath,
      env().kernelFile,
      'planewave',
      ...['--input', 'input.json', '--output', 'output.json', '--progress', 'progress.jsonl'],
    ],
    // Threads over k-points share the cores; the libraries underneath shall not multiply them.
    environment: { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
    files: { 'input.json': JSON.stringify({ ...input, backend, threads: context.cores }, null, 1) },
    blobs: Object.fromEntries(Object.entries(density).map(([name, hash]) => [`${DENSITY_FOLDER}/${name}`, hash])),
    key: createHash('sha256')
      .update(JSON.stringify([build, backend, canonical(input), canonical(density)]))
      .digest('hex'),
    cores: context.cores,
    memoryBytes: context.memoryBytes,
    expectedSeconds: context.expectedSeconds,
    timeLimitSeconds: context.timeLimitSeconds,
  };
}

function makeInput(task: Task, { structure, resolved, cycle }: TaskContext): PlanewaveInput {
  const { value: scheme } = resolved.scheme;
  const boundaries = boundariesOf(structure);
  const base: PlanewaveInput = {
    task: task.kind,
    structure: structureInput(withMoments(structure, resolved)),
    functional: resolved.functional,
    cutoffHartree: resolved.cutoffHartree!.value,
    kpoints: { mesh: resolved.mesh!.value, shift: resolved.shift!.value },
    occupations: resolved.widthHartree ? { scheme, widthHartree: resolved.widthHartree.value } : { scheme },
    symmetry: resolved.symmetry,
    gridScale: resolved.gridScale.value,
    ...(resolved.fftGrid?.overridden ? { fftGrid: resolved.fftGrid.value } : {}),
    ...physicsOf(resolved),
    ...(boundaries === 'periodic' ? {} : { boundaries }),
    pseudopotentialEntries: Object.fromEntries(resolved.elements.map(({ element, entry }) => [element, entry])),
    scf: {
      energyToleranceHartreePerAtom: resolved.energyToleranceHartreePerAtom.value,
      maxIterations: resolved.maxIterations.value * (cycle?.iterations ?? 1),
      ...(cycle ? { mixingFraction: cycle.mixingFraction } : {}),
    },
  };
  const start = { from: DENSITY_FOLDER };
  switch (task.kind) {
    case 'scf':
      return { ...base, forces: true, stress: boundaries !== 'isolated', save: { to: DENSITY_FOLDER } };
    case 'relax':
      return { ...base, stress: boundaries !== 'isolated', relax: relaxInput(task) };
    case 'bands':
      return { ...base, start, projections: task.projections, bands: { ...countOf(task), kpoints: task.points } };
    case 'dos': {
      const { mesh, method, widthEv, stepEv, projections } = task;
      // The kernel's Gaussian is exp(-(E/width)^2): its width is the root of two times the standard deviation.
      const widthHartree = (Math.SQRT2 * widthEv) / HARTREE_EV;
      const dos = { mesh, method, widthHartree, stepHartree: stepEv / HARTREE_EV };
      return { ...base, start, projections, bands: countOf(task), dos };
    }
    case 'volumes':
      return { ...base, start, volumes: { to: VOLUMES_FOLDER, quantities: task.quantities } };
  }
}

/** Only what departs from the default, so that the keys of jobs without it stay as they are. */
function physicsOf({ magnetism, dispersion, charge }: Resolved): Partial<PlanewaveInput> {
  return {
    ...(magnetism.kind === 'collinear'
      ? { spin: { kind: 'collinear', totalMagnetisation: magnetism.totalMagnetisation } }
      : {}),
    ...(dispersion === 'd3bj' ? { dispersion } : {}),
    ...(charge === 0 ? {} : { charge }),
  };
}

/** The structure with the starting moments that were chosen for this calculation. */
function withMoments(structure: Structure, { magnetism }: Resolved): Structure {
  const { moments } = magnetism;
  if (magnetism.kind === 'none' || !moments) return structure;
  return { ...structure, sites: structure.sites.map((site, i) => ({ ...site, momentBohrMagneton: moments[i] ?? 0 })) };
}

const countOf = ({ count }: { count: number | null }) => (count === null ? {} : { count });

function relaxInput(task: Extract<Task, { kind: 'relax' }>): PlanewaveInput['relax'] {
  const { cell, pressureGpa, fixed, fixedCellAxes, forceToleranceEvPerAngstrom, maxSteps } = task;
  const forceToleranceHartreePerBohr = (forceToleranceEvPerAngstrom * BOHR_ANGSTROM) / HARTREE_EV;
  return { cell, pressureGpa, fixed, fixedCellAxes, forceToleranceHartreePerBohr, maxSteps };
}

/** The same value with the keys of every object in order, so that equal inputs have equal hashes. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
