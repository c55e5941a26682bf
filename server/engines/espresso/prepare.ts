import { createHash } from 'node:crypto';
import { cellVolume } from '@/kernels/crystal/cell';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { writeUpf } from '@/kernels/planewave/pseudo/write-upf';
import type { JobSpec } from '@/server/computers/job-spec';
import { env } from '@/server/env';
import type { Resolved } from '@/server/schemas/resolved';
import { boundariesOf } from '../boundaries';
import type { Task, TaskContext } from '../engine';
import { applyEdit } from './input/apply-edit';
import { cellFreedomOf, type InputContext, makePwInput, SAVE_FOLDER } from './input/make-input';
import { postSteps } from './input/post-inputs';
import { type PwInput, writePwInput } from './input/pw-input';
import { upfName } from './input/species';
import type { JobFile, JobStep } from './job/job-file';
import { chooseParallel } from './parallel';

/** The XML of the self-consistent run, beside the copy that later runs overwrite. */
export const SCF_XML = 'scf.xml';
const XML = 'data-file-schema.xml';

/** What of the time limit pw.x may use before it stops itself. */
const TIME_SHARE = 0.95;

const phases: Record<Task['kind'], string> = {
  scf: 'self-consistent field',
  relax: 'relaxation',
  bands: 'energies along the path',
  dos: 'energies on the mesh',
  volumes: 'orbitals',
};
const postPhases = {
  'dos.x': 'density of states',
  'projwfc.x': 'projections on atomic orbitals',
  'pp.x': 'fields',
  'bands.x': 'table of the bands',
} as const;

/** The programs, inputs and files of a task. */
export function prepare(task: Task, context: TaskContext): JobSpec {
  const { structure, resolved, build, cores } = context;
  const input = finalInput(task, context);
  const post = postSteps(task, {
    isSpinPolarised: resolved.magnetism.kind === 'collinear' && !resolved.spinOrbit,
    hasSpinors: resolved.spinOrbit,
  });
  const builtIn = builtInFiles(resolved);
  const installed = Object.fromEntries(
    resolved.elements.flatMap(({ element, file }) => (file ? [[upfName(element), file.sha256] as const] : [])),
  );
  const density = task.kind === 'scf' || task.kind === 'relax' ? {} : (context.density ?? {});
  const size = { atoms: structure.sites.length, kpoints: kpointsOf(task, resolved), isRoot: process.getuid?.() === 0 };
  const parallel = chooseParallel({ ...size, cores });
  const step = (program: string, name: string, phase: string): JobStep => ({ program, name, phase, ...parallel });
  const job: JobFile = {
    steps: [
      ...(needsOrbitals(task) ? [step('pw.x', 'pw', phases[task.kind])] : []),
      ...post.map(({ program, name }) => step(program, name, postPhases[program])),
    ],
    // Orbitals are large, and no task reads those of another.
    remove: [`${SAVE_FOLDER}/wfc`, './pw.wfc'],
    thresholdRydberg: Number(input.namelists.electrons?.conv_thr ?? 1e-6),
    volumeAngstrom3: cellVolume(structure.cellAngstrom!),
    task: task.kind,
    isSlab: boundariesOf(structure) === 'slab',
    cellFreedom: cellFreedomOf(task, structure),
    restarts: context.restarts,
  };
  const inputs = {
    'pw.in': writePwInput(input),
    ...Object.fromEntries(post.map(({ name, input: text }) => [`${name}.in`, text])),
  };
  return {
    program: 'espresso',
    command: [process.execPath, env().espressoJobFile, 'job.json'],
    environment: {
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
      ...libraryPath(),
      ...(env().espressoFolder ? { PATH: `${env().espressoFolder}:${process.env.PATH ?? '/usr/bin:/bin'}` } : {}),
      // A single process starts MPI too, which refuses root unless told twice.
      ...(size.isRoot ? { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' } : {}),
    },
    files: {
      ...inputs,
      'pw.in': writePwInput(withTimeLimit(input, context)),
      ...builtIn,
      'job.json': JSON.stringify(job, null, 1),
    },
    blobs: {
      ...installed,
      ...Object.fromEntries(Object.entries(density).map(([name, hash]) => [`${SAVE_FOLDER}/${name}`, hash])),
      ...(density[XML] ? { [SCF_XML]: density[XML] } : {}),
    },
    key: createHash('sha256')
      .update(JSON.stringify([build, inputs, builtIn, installed, Object.entries(density).sort()]))
      .digest('hex'),
    cores: parallel.launcher.length > 0 ? cores : 1,
    memoryBytes: context.memoryBytes,
    expectedSeconds: context.expectedSeconds,
    timeLimitSeconds: context.timeLimitSeconds,
  };
}

/** Builds of one's own find their libraries so. */
const libraryPath = (): Record<string, string> => {
  const path = env().libraryPath;
  return path ? { LD_LIBRARY_PATH: path } : {};
};

/** pw.x stops itself in good order a little before it would be stopped. */
function withTimeLimit({ namelists, cards }: PwInput, { timeLimitSeconds }: TaskContext): PwInput {
  const control = { ...namelists.control, max_seconds: Math.floor(TIME_SHARE * timeLimitSeconds) };
  return { namelists: { ...namelists, control }, cards };
}

/** The input with the changes that a person made to it. */
export function finalInput(task: Task, context: InputContext): PwInput {
  const made = makePwInput(task, context);
  const edit = context.resolved.espressoEdits[context.jobName];
  return edit === undefined ? made : applyEdit(made, edit);
}

/** Fields of the density need no run of pw.x; orbitals do, and so does everything else. */
const needsOrbitals = (task: Task) =>
  task.kind !== 'volumes' || task.quantities.some(({ quantity }) => quantity === 'orbital');

function kpointsOf(task: Task, { kpointCount }: Resolved): number {
  if (task.kind === 'bands') return task.points.length;
  if (task.kind === 'dos') return Math.ceil((task.mesh[0] * task.mesh[1] * task.mesh[2]) / 8);
  return kpointCount?.irreducible ?? 1;
}

/** By functional, element and entry: the same for every job. */
const made = new Map<string, string>();

/** Files of the built-in family, by name. */
function builtInFiles({ elements, functional }: Resolved): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { element, entry, file } of elements) {
    if (file) continue;
    const key = `${functional} ${element} ${entry}`;
    const known = functionalsById[functional];
    const text = made.get(key) ?? writeUpf(familyEntry(element, known, entry), known);
    made.set(key, text);
    files[upfName(element)] = text;
  }
  return files;
}
