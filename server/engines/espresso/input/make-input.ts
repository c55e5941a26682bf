import { BOHR_ANGSTROM, HARTREE_EV } from '@/kernels/core/constants';
import type { Structure } from '@/kernels/crystal/schema';
import { AppError } from '@/server/errors';
import type { Resolved } from '@/server/schemas/resolved';
import { boundariesOf } from '../../boundaries';
import type { Task, TaskContext } from '../../engine';
import type { CellFreedom } from '../job/job-file';
import { type EspressoVersion, isAtLeast, parseVersion } from '../version';
import { isolationKeys } from './isolation';
import { hasFullSymmetry, listCard, meshCard } from './kpoints';
import { functionalKeys, hubbardInput, magnetismKeys } from './physics';
import type { Card, NamelistValue, PwInput } from './pw-input';
import { type SpeciesOfSites, speciesOf } from './species';

export const PREFIX = 'pw';
/** The folder that pw.x keeps for `prefix`. */
export const SAVE_FOLDER = `${PREFIX}.save`;
const RYDBERG_PER_HARTREE = 2;
const GPA_PER_KBAR = 0.1;
/** How far the pressure may be from the one asked for, as in the embedded engine. */
const PRESSURE_TOLERANCE_KBAR = 0.5;
const SMEARINGS = { gaussian: 'gauss', 'methfessel-paxton': 'm-p', cold: 'm-v', 'fermi-dirac': 'f-d' } as const;

type Keys = Record<string, NamelistValue>;

/** What of a job its input is made from. */
export type InputContext = Pick<TaskContext, 'structure' | 'resolved' | 'version' | 'jobName'>;

/** The input of pw.x for a task. Densities of states and volumes read theirs with further programs. */
export function makePwInput(task: Task, context: InputContext): PwInput {
  const { structure, resolved } = context;
  const version = parseVersion(context.version);
  const kinds = speciesOf(structure, resolved);
  const hubbard = hubbardInput(resolved, kinds.species, version);
  const relax =
    task.kind === 'relax' ? relaxInput(task, structure, version) : { control: {}, namelists: {}, flags: null };
  const system: Keys = {
    ibrav: 0,
    nat: structure.sites.length,
    ntyp: kinds.species.length,
    ...cutoffKeys(resolved),
    ...functionalKeys(resolved.functional, resolved.dispersion),
    ...occupationKeys(task, resolved),
    nbnd: bandCount(task, resolved, kinds),
    nosym: !hasFullSymmetry(resolved),
    ...isolationKeys(structure),
    ...(resolved.charge === 0 ? {} : { tot_charge: resolved.charge }),
    ...magnetismKeys(resolved, kinds.species),
    ...hubbard.keys,
  };
  const control: Keys = {
    calculation: calculationOf(task),
    prefix: PREFIX,
    outdir: './',
    pseudo_dir: './',
    ...(task.kind === 'scf' || task.kind === 'relax'
      ? { tprnfor: true, tstress: boundariesOf(structure) !== 'isolated' }
      : {}),
    // Else pw.x does not say at which k-point it is.
    ...(task.kind === 'bands' || task.kind === 'dos' ? { verbosity: 'high' } : {}),
    ...relax.control,
  };
  const electrons: Keys = {
    // Estimated error of the energy of the whole cell, Ry.
    conv_thr: RYDBERG_PER_HARTREE * resolved.energyToleranceHartreePerAtom.value * structure.sites.length,
    electron_maxstep: resolved.maxIterations.value,
    mixing_beta: resolved.magnetism.kind === 'none' ? 0.7 : 0.4,
    ...(task.kind === 'scf' || task.kind === 'relax' ? {} : { diago_full_acc: true }),
  };
  return {
    namelists: { control, system, electrons, ...relax.namelists },
    cards: [...structureCards(structure, kinds, relax.flags), kpointsCard(task, resolved), ...hubbard.cards],
  };
}

const calculationOf = (task: Task) =>
  task.kind === 'relax'
    ? task.cell === 'fixed'
      ? 'relax'
      : 'vc-relax'
    : { scf: 'scf', bands: 'bands', dos: 'nscf', volumes: 'nscf' }[task.kind];

function cutoffKeys({ cutoffHartree, elements, fftGrid }: Resolved): Keys {
  const orbitals = RYDBERG_PER_HARTREE * cutoffHartree!.value;
  // Of an installed family: ultrasoft and PAW need more for the density than 4 times the cutoff of the orbitals.
  const ratio = Math.max(
    4,
    ...elements.map(({ file, cutoffHartree: own }) => (file?.densityCutoffHartree ?? 0) / own.balanced),
  );
  const grid: Keys = fftGrid ? { nr1: fftGrid.value[0], nr2: fftGrid.value[1], nr3: fftGrid.value[2] } : {};
  return { ecutwfc: orbitals, ecutrho: ratio * orbitals, ...grid };
}

function occupationKeys(task: Task, { scheme, widthHartree, magnetism }: Resolved): Keys {
  if (task.kind === 'dos' && task.method === 'tetrahedra') return { occupations: 'tetrahedra_lin' };
  if (scheme.value === 'fixed') {
    // pw.x wants the moment of the cell where spins are filled without smearing.
    const isFree = magnetism.kind === 'collinear' && magnetism.totalMagnetisation === null;
    return isFree ? { occupations: 'smearing', smearing: 'gauss', degauss: 1e-4 } : { occupations: 'fixed' };
  }
  return {
    occupations: 'smearing',
    smearing: SMEARINGS[scheme.value],
    degauss: RYDBERG_PER_HARTREE * widthHartree!.value,
  };
}

/**
 * A spinor holds one electron where a band without spin holds two. With spin the bands must hold the electrons of the richer spin, and
 * some more: as many as half of the electrons and of all moments together.
 */
function bandCount(
  task: Task,
  { bandCount: automatic, spinOrbit, electrons, magnetism }: Resolved,
  species: SpeciesOfSites,
): number {
  const asked = 'count' in task ? task.count : null;
  if (asked !== null) return asked;
  if (spinOrbit) return 2 * automatic!;
  if (magnetism.kind === 'none') return automatic!;
  const started = species.labels.reduce(
    (sum, label) => sum + Math.abs(species.species.find((kind) => kind.label === label)!.momentBohrMagneton),
    0,
  );
  const moment = Math.max(started, Math.abs(magnetism.totalMagnetisation ?? 0));
  return Math.max(automatic!, Math.ceil((electrons! + moment) / 2) + 4);
}

function kpointsCard(task: Task, { mesh, shift }: Resolved): Card {
  switch (task.kind) {
    case 'bands':
      return listCard(task.points.map(({ fractional }) => fractional));
    case 'dos':
      return meshCard(task.mesh, [0, 0, 0]);
    case 'volumes': {
      const wanted = orbitalPoints(task);
      return wanted.length > 0 ? listCard(wanted) : meshCard(mesh!.value, shift!.value);
    }
    default:
      return meshCard(mesh!.value, shift!.value);
  }
}

/** The k-points of the orbitals that are asked for, each once. */
export function orbitalPoints({ quantities }: Extract<Task, { kind: 'volumes' }>): [number, number, number][] {
  const points = quantities.flatMap(({ quantity, kpoint }) => (quantity === 'orbital' ? [kpoint ?? [0, 0, 0]] : []));
  const found = new Map(points.map((point) => [point.join(), point as [number, number, number]]));
  return [...found.values()];
}

function structureCards({ cellAngstrom, sites }: Structure, kinds: SpeciesOfSites, flags: string[] | null): Card[] {
  const row = (v: readonly number[]) => v.map((x) => x.toFixed(14)).join(' ');
  return [
    {
      name: 'ATOMIC_SPECIES',
      option: '',
      lines: kinds.species.map(({ label, massU, file }) => `${label} ${massU} ${file}`),
    },
    { name: 'CELL_PARAMETERS', option: 'angstrom', lines: cellAngstrom!.map(row) },
    {
      name: 'ATOMIC_POSITIONS',
      option: 'crystal',
      lines: sites.map(({ position }, i) => `${kinds.labels[i]} ${row(position)}${flags?.[i] ?? ''}`),
    },
  ];
}

/** How the cell may change; null where it stays. A direction without periodicity keeps its vector: there is only vacuum to squeeze. */
export function cellFreedomOf(task: Task, { periodic }: Structure): CellFreedom | null {
  if (task.kind !== 'relax' || task.cell === 'fixed') return null;
  const fixedCellAxes = task.fixedCellAxes.map((isFixed, i) => isFixed || !periodic[i]) as CellFreedom['fixedCellAxes'];
  return { cell: task.cell, fixedCellAxes };
}

function relaxInput(task: Extract<Task, { kind: 'relax' }>, structure: Structure, version: EspressoVersion) {
  const { pressureGpa, fixed, forceToleranceEvPerAngstrom, maxSteps } = task;
  const freedom = cellFreedomOf(task, structure);
  const rydberg = (forceToleranceEvPerAngstrom * BOHR_ANGSTROM * RYDBERG_PER_HARTREE) / HARTREE_EV;
  const control: Keys = { nstep: maxSteps, forc_conv_thr: rydberg, etot_conv_thr: 1e-4 };
  const ions: Keys = { ion_dynamics: 'bfgs' };
  const namelists: PwInput['namelists'] = { ions };
  if (freedom)
    namelists.cell = {
      cell_dynamics: 'bfgs',
      press: pressureGpa / GPA_PER_KBAR,
      press_conv_thr: PRESSURE_TOLERANCE_KBAR,
      cell_dofree: freedom.cell === 'volume' ? 'volume' : nameOf(freedom.fixedCellAxes, version),
    };
  const last = Math.max(-1, ...fixed.map(({ site }) => site));
  const flags = Array.from({ length: last + 1 }, (_, site) => {
    const axes = fixed.find((entry) => entry.site === site);
    if (!axes) return '';
    return ` ${(axes.axes ?? [true, true, true]).map((isFixed) => (isFixed ? 0 : 1)).join(' ')}`;
  });
  return { control, namelists, flags };
}

/**
 * Names of pw.x for cell vectors that keep their place. One vector alone can be kept since 7.1 only; before, the third one where it
 * stands upright on the others, as in a slab.
 */
function nameOf([a, b, c]: [boolean, boolean, boolean], version: EspressoVersion): string {
  const fixed = `${a ? 'a' : ''}${b ? 'b' : ''}${c ? 'c' : ''}`;
  if (fixed === '') return 'all';
  if (fixed.length === 2) return `epitaxial_${fixed}`;
  if (fixed.length === 1 && isAtLeast(version, [7, 1])) return `fix${fixed}`;
  if (fixed === 'c') return '2Dxy';
  const message = `pw.x ${version.text} cannot keep exactly the cell vectors ${fixed}. Keep c, two vectors or none.`;
  throw new AppError('bad-input', message, { userMessage: message });
}
