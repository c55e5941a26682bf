import { reciprocalCell } from '@/kernels/crystal/cell';
import { bandPath } from '@/kernels/crystal/kpath';
import { meshForDistance } from '@/kernels/crystal/kpoints';
import { samplePath } from '@/kernels/crystal/sample-path';
import type { Structure } from '@/kernels/crystal/schema';
import { parseStructure, structureInput } from '@/kernels/crystal/structure';
import { familyCutoffs, familyDefaults } from '@/kernels/planewave/pseudo/family-cutoffs.data';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { boundariesOf } from '@/server/engines/boundaries';
import type { Compound } from './compound';
import { prototypes } from './prototypes';

/** Raised where anything below changes what comes out; a record names the one that it was made with. */
export const PROTOCOL_VERSION = '1';

/** Up to here a compound gets its stringent cutoff, beyond the balanced one: what costs little is done well. */
const CHEAP_CUTOFF_HARTREE = 30;
/** 1/angstrom, 2 pi included: between the platform's fast and balanced protocols. */
const K_DISTANCE_PER_ANGSTROM = { metal: 0.25, semimetal: 0.25, insulator: 0.4 };
const WIDTH_HARTREE = { metal: 0.01, semimetal: 0.005 };
const PATH_STEP_PER_ANGSTROM = 0.1;
/** Entries without deep shells, which ask for less: one an element throughout, or energies would have different zeros. */
const entries: Record<string, string> = {
  Ag: 'GTH-PBE-q11',
  Au: 'GTH-PBE-q11',
  Bi: 'GTH-PBE-q5',
  Mg: 'GTH-PBE-q2',
  Pb: 'GTH-PBE-q4',
  Pd: 'GTH-PBE-q10',
  Pt: 'GTH-PBE-q10',
};

type Common = Omit<PlanewaveInput, 'task' | 'kpoints'>;

/** Structure, forces and stress brought to rest with PBE: what the first run of a compound is asked. Its density is kept for the second. */
export function relaxationInput(compound: Compound): PlanewaveInput {
  const structure = parseStructure(prototypes[compound.prototype].build(compound));
  const { kind } = compound;
  return {
    ...common(compound, structure),
    task: 'relax',
    kpoints: {
      mesh: meshForDistance(reciprocalCell(structure.cellAngstrom!), K_DISTANCE_PER_ANGSTROM[kind], structure.periodic),
    },
    occupations: kind === 'insulator' ? { scheme: 'fixed' } : { scheme: 'cold', widthHartree: WIDTH_HARTREE[kind] },
    relax: {
      cell: structure.periodic.includes(true) ? 'full' : 'fixed',
      forceToleranceHartreePerBohr: 1e-4,
      pressureToleranceGpa: 0.1,
      maxSteps: 60,
    },
    save: { to: 'density', density: true },
  };
}

/** The bands of the relaxed structure along its path, by which its gap is known; null where that says nothing: metals and molecules. */
export function bandsInput(compound: Compound, relaxed: Structure, relaxation: PlanewaveInput): PlanewaveInput | null {
  if (compound.kind === 'metal' || !relaxed.periodic.includes(true)) return null;
  const path = bandPath(relaxed);
  const isLayer = relaxed.periodic.includes(false);
  const places = new Map(path.points.map(({ label, fractional }) => [label, fractional]));
  const isInPlane = (label: string) => Math.abs(places.get(label)![2]) < 1e-9;
  // Bands of a layer are flat along its vacuum.
  const segments = isLayer ? path.segments.filter((ends) => ends.every(isInPlane)) : path.segments;
  const points = samplePath({ points: path.points, segments }, reciprocalCell(relaxed.cellAngstrom!), {
    distancePerAngstrom: PATH_STEP_PER_ANGSTROM,
  });
  return {
    ...common(compound, relaxed),
    task: 'bands',
    kpoints: relaxation.kpoints,
    ...(relaxation.occupations === undefined ? {} : { occupations: relaxation.occupations }),
    bands: {
      kpoints: points.map(({ fractional, label }) => ({ fractional, ...(label === undefined ? {} : { label }) })),
      effectiveMasses: false,
    },
    start: { from: 'density' },
  };
}

function common({ elements, hasDispersion }: Compound, structure: Structure): Common {
  const chosen = Object.fromEntries(
    elements.flatMap((element) => (entries[element] ? [[element, entries[element]]] : [])),
  );
  return {
    structure: structureInput(structure),
    functional: 'pbe',
    cutoffHartree: Math.max(...elements.map(cutoffOf)),
    gridScale: 1.25,
    ...(Object.keys(chosen).length === 0 ? {} : { pseudopotentialEntries: chosen }),
    ...(boundariesOf(structure) === 'periodic' ? {} : { boundaries: boundariesOf(structure) }),
    ...(hasDispersion ? { dispersion: 'd3bj' as const } : {}),
    scf: { energyToleranceHartreePerAtom: 1e-10 },
    threads: 1,
  };
}

function cutoffOf(element: string): number {
  const { balanced, stringent } = familyCutoffs[element]![entryOf(element)]!;
  return Math.max(balanced, Math.min(stringent, CHEAP_CUTOFF_HARTREE));
}

/** The pseudopotential's entry in the built-in family. */
export function entryOf(element: string): string {
  return entries[element] ?? familyDefaults.PBE[element]!;
}
