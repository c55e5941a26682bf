import { createHash } from 'node:crypto';
import { HARTREE_EV } from '@/kernels/core/constants';
import { structureInput } from '@/kernels/crystal/structure';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import type { JobSpec } from '@/server/computers/job-spec';
import { env } from '@/server/env';
import type { Task, TaskContext } from '../engine';

export const DENSITY_FOLDER = 'density';

/** The kernel's input and command for a task. */
export function prepare(task: Task, context: TaskContext): JobSpec {
  const input = makeInput(task, context);
  const { build, backend } = context;
  const density = task.kind === 'scf' ? {} : (context.density ?? {});
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

function makeInput(task: Task, { structure, resolved }: TaskContext): PlanewaveInput {
  const { value: scheme } = resolved.scheme;
  const base: PlanewaveInput = {
    task: task.kind,
    structure: structureInput(structure),
    functional: resolved.functional,
    cutoffHartree: resolved.cutoffHartree!.value,
    kpoints: { mesh: resolved.mesh!.value, shift: resolved.shift!.value },
    occupations: resolved.widthHartree ? { scheme, widthHartree: resolved.widthHartree.value } : { scheme },
    symmetry: resolved.symmetry,
    gridScale: resolved.gridScale.value,
    pseudopotentialEntries: Object.fromEntries(resolved.elements.map(({ element, entry }) => [element, entry])),
    scf: {
      energyToleranceHartreePerAtom: resolved.energyToleranceHartreePerAtom.value,
      maxIterations: resolved.maxIterations.value,
    },
  };
  if (task.kind === 'scf') return { ...base, save: { to: DENSITY_FOLDER } };
  const start = { from: DENSITY_FOLDER };
  const count = task.count === null ? {} : { count: task.count };
  if (task.kind === 'bands') return { ...base, start, bands: { ...count, kpoints: task.points } };
  const { mesh, method, widthEv, stepEv } = task;
  const dos = { mesh, method, widthHartree: widthEv / HARTREE_EV, stepHartree: stepEv / HARTREE_EV };
  return { ...base, start, bands: count, dos };
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
