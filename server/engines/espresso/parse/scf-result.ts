import { BOHR_ANGSTROM, HARTREE_EV, HARTREE_PER_BOHR3_GPA } from '@/kernels/core/constants';
import type { Progress } from '@/kernels/core/kernel';
import type { Structure } from '@/kernels/crystal/schema';
import { COMPUTED_TOLERANCE_ANGSTROM } from '@/kernels/crystal/symmetry';
import type { ScfResult } from '@/server/schemas/results';
import { boundariesOf } from '../../boundaries';
import type { TaskContext } from '../../engine';
import { gapOf } from './gap';
import { limitsOf } from './limits';
import type { PwGeometry, PwRun } from './pw-xml';
import { spaceGroupOf } from './space-group';

const EV_PER_ANGSTROM = HARTREE_EV / BOHR_ANGSTROM;
const scaled = (v: readonly number[], by: number) => v.map((x) => x * by) as [number, number, number];

/** What beside the XML a result is made from. */
export interface RunFiles {
  /** Lines of progress.jsonl. */
  progress: Progress[];
  /** What pw.x printed. */
  output: string;
  /** Names of the steps to seconds, what was tried again, and whether a relaxation came to its end. */
  run: { timings: Record<string, number>; restarts: string[]; isRelaxed?: boolean };
}

export function scfResult(run: PwRun, { progress, output, run: about }: RunFiles, context: TaskContext): ScfResult {
  const { structure, resolved } = context;
  const energyEv = run.energyHartree === null ? null : run.energyHartree * HARTREE_EV;
  const planeWaves = run.kpoints.reduce((sum, k) => sum + k.planeWaves, 0) / Math.max(1, run.kpoints.length);
  return {
    converged: run.convergedScf,
    energyEv,
    energyEvPerAtom: energyEv === null ? null : energyEv / structure.sites.length,
    energyZeroWidthEv:
      energyEv === null ? null : energyEv - zeroWidthShares[resolved.scheme.value]! * run.terms.smearing * HARTREE_EV,
    termsEv: termsEv(run, output),
    fermiEv: run.fermiHartree * HARTREE_EV,
    electrons: run.electrons,
    gap: gapOf([{ run }], run.totalMagnetisation),
    iterations: lastCycle(progress).map(({ iteration, energyHartree, residual, seconds }) => ({
      ...{ iteration, residual, seconds },
      energyEv: energyHartree * HARTREE_EV,
    })),
    used: {
      cutoffHartree: run.cutoffHartree,
      fftGrid: run.fftGrid,
      planeWaves: Math.round(planeWaves),
      bands: run.bands,
      irreducibleKpoints: run.kpoints.length,
      symmetryOperations: run.symmetryOperations,
      spaceGroupNumber: resolved.symmetry ? spaceGroupOf(structure, COMPUTED_TOLERANCE_ANGSTROM) : null,
      pseudopotentials: Object.fromEntries(resolved.elements.map(({ element, entry }) => [element, entry])),
      backend: 'pw.x',
      threads: run.processes,
    },
    notes: [...about.restarts, ...limitsOf(run, structure)],
    timings: about.timings,
    program: { name: 'espresso', version: run.version },
    ...mechanicsOf(run, structure),
    ...magnetismOf(run, output),
  };
}

/**
 * What of -TS the way to width zero takes off: 1/(n + 1), where the energy's first error is of the order n + 1 in the width
 * (Methfessel and Paxton, Phys. Rev. B 40, 3616 (1989)); the same as the embedded engine's.
 */
const zeroWidthShares: Record<string, number> = {
  fixed: 0,
  gaussian: 1 / 2,
  'fermi-dirac': 1 / 2,
  'methfessel-paxton': 1 / 4,
  cold: 1 / 3,
};

/** pw.x gives no one-electron energy in its file: it is what the other terms leave. Hubbard's is printed. */
function termsEv(run: PwRun, output: string): ScfResult['termsEv'] {
  if (run.energyHartree === null) return null;
  const { dispersion, ...terms } = run.terms;
  const printed = [...output.matchAll(/Hubbard energy\s*=\s*(-?[\d.]+) Ry/g)].at(-1)?.[1];
  const hubbard = printed === undefined ? 0 : Number(printed) / 2;
  const oneElectron = run.energyHartree - Object.values(run.terms).reduce((sum, x) => sum + x, 0) - hubbard;
  const all = { oneElectron, ...terms, ...(dispersion ? { dispersion } : {}), ...(hubbard ? { hubbard } : {}) };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value * HARTREE_EV]));
}

/** The iterations of the newest self-consistent cycle: numbers start again with each. */
function lastCycle(progress: Progress[]) {
  const told = progress.filter((item) => item.kind === 'scf');
  // A cycle that went on from a saved state does not begin with one.
  return told.slice(
    Math.max(
      0,
      told.findLastIndex(({ iteration }) => iteration === 1),
    ),
  );
}

export function mechanicsOf(run: PwGeometry, structure: Structure): Partial<ScfResult> {
  const { forcesHartreePerBohr: forces, stressHartreePerBohr3 } = run;
  const isSlab = boundariesOf(structure) === 'slab';
  // A slab can be strained in its plane only; pw.x prints for the height of its vacuum what its formulas leave there.
  const stress = stressHartreePerBohr3?.map((row, a) => row.map((s, b) => (isSlab && (a === 2 || b === 2) ? 0 : s)));
  return {
    ...(forces && { forcesEvPerAngstrom: forces.map((force) => scaled(force, EV_PER_ANGSTROM)) }),
    ...(stress && {
      stressGpa: stress.map((row) => scaled(row, HARTREE_PER_BOHR3_GPA)) as NonNullable<ScfResult['stressGpa']>,
      pressureGpa: (-(stress[0]![0]! + stress[1]![1]! + stress[2]![2]!) / 3) * HARTREE_PER_BOHR3_GPA,
    }),
  };
}

function magnetismOf(run: PwRun, output: string): Partial<ScfResult> {
  const sites = readSites(output);
  return {
    ...(run.totalMagnetisation !== null && { totalMagnetisation: run.totalMagnetisation }),
    ...(run.absoluteMagnetisation !== null && { absoluteMagnetisation: run.absoluteMagnetisation }),
    ...(run.fermiSpinHartree && { fermiSpinEv: run.fermiSpinHartree.map((x) => x * HARTREE_EV) as [number, number] }),
    ...(sites.length > 0 && { sites, siteMethod: 'integrated-spheres' as const }),
  };
}

/** Charges and moments in spheres around the atoms, from the last time they were printed (6.x and 7.x write it differently). */
function readSites(output: string): NonNullable<ScfResult['sites']> {
  const start = output.lastIndexOf('Magnetic moment per site');
  if (start < 0) return [];
  const lines = output.slice(start).split('\n').slice(1);
  const sites: NonNullable<ScfResult['sites']> = [];
  for (const line of lines) {
    const found = /atom:?\s*\d+.*?charge[:=]\s*(-?[\d.]+)\s+magn[:=]\s*(-?[\d.]+)/.exec(line);
    if (found) sites.push({ charge: Number(found[1]), momentBohrMagneton: Number(found[2]) });
    else if (sites.length > 0) break;
  }
  return sites;
}
