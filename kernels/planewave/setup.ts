import { BOHR_ANGSTROM } from '../core/constants';
import { KernelError } from '../core/errors';
import { checkStructure } from '../crystal/check-structure';
import { kpointMesh } from '../crystal/kpoints';
import type { Structure } from '../crystal/schema';
import { parseStructure } from '../crystal/structure';
import {
  analyzeSymmetry,
  COMPUTED_TOLERANCE_ANGSTROM,
  type Symmetry,
  type SymmetryOperation,
} from '../crystal/symmetry';
import { hasInnerTranslation } from '../crystal/translations';
import { chooseGrid, type Grid, isSmooth, mapsGrid, smallestGrid } from './basis/fft-grid';
import { createLattice, type Lattice, type Matrix3, type Vector3 } from './basis/lattice';
import { createPlaneWaves } from './basis/plane-waves';
import { defaultBandCount, estimateRun, occupiedBands, planeWavesOf, type SizeOfRun } from './estimate';
import { type Functional, functionalsById } from './functionals/functional';
import { familyEntry } from './pseudo/family';
import { familyCutoffs } from './pseudo/family-cutoffs.data';
import { createGthPseudopotential, type GthParameters } from './pseudo/gth';
import { parseAbinitGth } from './pseudo/parse-abinit-gth';
import { requireEvenElectrons } from './scf/occupations';
import type { WeightedKpoint } from './scf/run-scf';
import type { ResolvedPlanewaveInput } from './schema';
import type { System } from './system';

/** Everything that follows from the input before any number is computed. */
export interface Setup {
  structure: Structure;
  system: System;
  functional: Functional;
  kpoints: WeightedKpoint[];
  /** The operations with which the k-points were reduced, and the density must be symmetrised. */
  operations: SymmetryOperation[];
  /** All operations that the grid allows, for meshes other than that of the scf. */
  gridOperations: SymmetryOperation[];
  spaceGroupNumber: number | null;
  bandCount: number;
  notes: string[];
}

/** The search takes up to five seconds for a cell of so many sites, whatever it is. */
const FEW_SITES = 400;
/** Up to here it takes up to four seconds where no translation repeats the cell within itself. */
const MOST_SITES = 2000;

/**
 * Checks the input and works out cell, pseudopotentials, cutoff, grid, symmetry and k-points.
 * @throws KernelError with a sentence for everything that cannot be computed.
 */
export function prepareSetup(input: ResolvedPlanewaveInput, limits: { memoryBytes: number; threads: number }): Setup {
  const notes: string[] = [];
  const structure = parseStructure(input.structure);
  const problem = checkStructure(structure)[0];
  if (problem) throw new KernelError(problem.code, problem.message, problem.numbers);
  if (!structure.cellAngstrom) {
    throw new KernelError(
      'no-cell',
      'This structure has no cell. The engine computes crystals: put the molecule into a box with vacuum around it.',
    );
  }
  if (structure.periodic.includes(false))
    notes.push(
      'The cell is repeated in all three directions; images in the directions without periodicity see each other.',
    );
  if (input.spin.kind !== 'none') {
    throw new KernelError(
      'spin-unavailable',
      'Collinear spin cannot be computed in this version. Choose a calculation without spin.',
    );
  }
  const functional = functionalsById[input.functional];
  const elements = [...new Set(structure.sites.map((site) => site.species[0]!.element))];
  const species = elements.map((element) => choosePseudopotential(element, input, functional));
  const unused = Object.keys({ ...input.pseudopotentials, ...input.pseudopotentialEntries }).filter(
    (element) => !elements.includes(element),
  );
  if (unused.length) notes.push(`There is no ${unused.join(', ')} in the structure: that pseudopotential is not used.`);
  if (functional.id === 'pbesol' && species.some(({ name }) => name !== 'given'))
    notes.push('PBEsol is used with pseudopotentials made for PBE.');
  const lattice = createLattice(structure.cellAngstrom.map((row) => row.map((x) => x / BOHR_ANGSTROM)) as Matrix3);
  const speciesOf = structure.sites.map((site) => elements.indexOf(site.species[0]!.element));
  const electrons = speciesOf.reduce((sum, s) => sum + species[s]!.valence, 0) - input.charge;
  if (!(electrons > 0))
    throw new KernelError('no-electrons', `With charge ${input.charge} no electrons are left in the cell.`, {
      charge: input.charge,
    });
  if (input.charge !== 0)
    notes.push(
      'The cell is charged: a uniform background makes it neutral, and energies of different charge cannot be compared without correction.',
    );
  if (input.occupations.scheme === 'fixed') requireEvenElectrons(electrons);
  if (input.task === 'bands' && !input.bands.kpoints?.length)
    throw new KernelError('bands-without-path', 'Task "bands" needs bands.kpoints: the points of the path.');
  const cutoffHartree = input.cutoffHartree ?? defaultCutoff(species, notes);
  const bandCount = chooseBandCount(input, electrons);
  const size = {
    volumeBohr3: lattice.volume,
    cutoffHartree,
    gridPoints: input.fftGrid ? product(input.fftGrid) : (lattice.volume * (8 * cutoffHartree) ** 1.5) / Math.PI ** 3,
    bands: bandCount,
    projectors: speciesOf.reduce((sum, s) => sum + countProjectors(species[s]!), 0),
    kpoints: 1,
    threads: limits.threads,
  };
  // Before symmetry is looked for: where a single k-point is too much already, the search may take long as well.
  checkMemory(size, limits.memoryBytes);

  const isSearchable = canSearchSymmetry(structure, input.symmetry ? notes : []);
  // The grid that is chosen here follows the crystal even where symmetry is not used: with and without are then the same calculation.
  const symmetry = isSearchable && (input.symmetry || !input.fftGrid) ? findSymmetry(structure, input.symmetry) : null;
  const ofCrystal = symmetry ? symmetry.operations.map(snapTranslation) : [IDENTITY];
  const grid = input.fftGrid
    ? checkGrid(input.fftGrid, smallestGrid(lattice, cutoffHartree))
    : chooseGrid(lattice, cutoffHartree, ofCrystal, input.gridScale);
  const found = input.symmetry ? ofCrystal : [IDENTITY];
  const gridOperations = found.filter((operation) => mapsGrid(operation, grid));
  if (gridOperations.length < found.length) {
    notes.push(
      `${found.length - gridOperations.length} of ${found.length} symmetry operations do not map the real-space grid ${grid.join(' x ')} onto itself and are not used.`,
    );
  }
  const { kpoints, operations } = resolveKpoints(input, gridOperations, notes);
  checkMemory({ ...size, gridPoints: product(grid), kpoints: kpoints.length }, limits.memoryBytes);
  checkBasis(lattice, cutoffHartree, grid, bandCount, [...kpoints, ...(input.bands.kpoints ?? [])]);
  return {
    structure,
    system: {
      lattice,
      positions: structure.sites.map((site) => site.position),
      speciesOf,
      species,
      functional: functional.id,
      cutoffHartree,
      grid,
      electrons,
    },
    functional,
    kpoints,
    operations,
    gridOperations,
    spaceGroupNumber: input.symmetry ? (symmetry?.spaceGroupNumber ?? null) : null,
    bandCount,
    notes,
  };
}

const IDENTITY: SymmetryOperation = {
  rotation: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  translation: [0, 0, 0],
};

/** Repeated cells have an operation for every repetition, more than pay: 512 atoms of rock salt, 12,288 operations found in 12 s. */
function canSearchSymmetry(structure: Structure, notes: string[]): boolean {
  const { length } = structure.sites;
  if (length <= FEW_SITES) return true;
  if (length > MOST_SITES) {
    notes.push(`With ${length} atoms symmetry is not looked for.`);
    return false;
  }
  if (!hasInnerTranslation(structure, COMPUTED_TOLERANCE_ANGSTROM)) return true;
  notes.push(
    `The cell of ${length} atoms repeats a smaller one without a change: its symmetry is not looked for. The primitive cell gives the same in far less time.`,
  );
  return false;
}

/** Where symmetry only serves the choice of the grid, a search that fails is no reason to stop. */
function findSymmetry(structure: Structure, isRequired: boolean): Symmetry | null {
  try {
    return analyzeSymmetry(structure, {
      toleranceAngstrom: COMPUTED_TOLERANCE_ANGSTROM,
      maximumSites: MOST_SITES,
    });
  } catch (error) {
    if (isRequired) throw error;
    return null;
  }
}

/** Fractional translations of space groups are multiples of 1/24 in some origin: noise of the search is taken off. */
function snapTranslation({ rotation, translation }: SymmetryOperation): SymmetryOperation {
  const snapped = translation.map((t) => (Math.abs(t * 24 - Math.round(t * 24)) < 5e-3 ? Math.round(t * 24) / 24 : t));
  return { rotation, translation: snapped as SymmetryOperation['translation'] };
}

function choosePseudopotential(element: string, input: ResolvedPlanewaveInput, functional: Functional): GthParameters {
  const given = input.pseudopotentials?.[element];
  return given
    ? parseAbinitGth(element, given.text)
    : familyEntry(element, functional, input.pseudopotentialEntries?.[element]);
}

function defaultCutoff(species: GthParameters[], notes: string[]): number {
  return Math.max(
    ...species.map(({ element, name }) => {
      const cutoff = familyCutoffs[element]?.[name]?.balanced;
      if (cutoff === undefined) {
        throw new KernelError(
          'cutoff-missing',
          `Give cutoffHartree: there is no recommended cutoff for the pseudopotential of ${element} that came with the input.`,
          { element },
        );
      }
      notes.push(`${element}: recommended cutoff ${cutoff} Ha (${name}, balanced).`);
      return cutoff;
    }),
  );
}

function chooseBandCount(input: ResolvedPlanewaveInput, electrons: number): number {
  const occupied = occupiedBands(electrons);
  const count = input.bands.count ?? defaultBandCount(electrons);
  if (count < occupied) {
    throw new KernelError(
      'bands-too-few',
      `${count} bands cannot hold ${electrons} electrons: at least ${occupied} are needed.`,
      { count, electrons },
    );
  }
  return count;
}

function countProjectors(parameters: GthParameters): number {
  return createGthPseudopotential(parameters).channels.reduce((sum, { l, count }) => sum + (2 * l + 1) * count, 0);
}

function product([a, b, c]: Grid): number {
  return a * b * c;
}

function checkMemory(size: SizeOfRun, memoryBytes: number): void {
  const needed = estimateRun(size).memoryBytes;
  if (needed <= memoryBytes) return;
  const { cutoffHartree, volumeBohr3, gridPoints, bands, kpoints } = size;
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toPrecision(3);
  throw new KernelError(
    'memory',
    `This calculation needs about ${gigabytes(needed)} GB of memory (cutoff ${cutoffHartree} Ha, cell of ${volumeBohr3.toFixed(0)} bohr^3, ${Math.round(gridPoints)} grid points, ${bands} bands, ${kpoints} k-points); ${gigabytes(memoryBytes)} GB are there. ` +
      `${kpoints > 1 ? 'Take a coarser mesh of k-points, lower' : 'Lower'} the cutoff or take a smaller cell.`,
    { neededBytes: needed, memoryBytes, cutoffHartree, gridPoints, bands, kpoints },
  );
}

/** Fewer plane waves than bands at some k: only tiny cells and cutoffs, where counting them is quick. */
function checkBasis(
  lattice: Lattice,
  cutoffHartree: number,
  grid: Grid,
  bandCount: number,
  kpoints: readonly { fractional: Vector3 }[],
): void {
  if (planeWavesOf(lattice.volume, cutoffHartree) > 10 * bandCount + 100) return;
  for (const { fractional } of kpoints) {
    const { count } = createPlaneWaves(lattice, fractional, 2 * cutoffHartree, grid);
    if (count >= bandCount) continue;
    throw new KernelError(
      'basis-too-small',
      `At k = (${fractional.map((x) => x.toFixed(3)).join(', ')}) the cutoff ${cutoffHartree} Ha leaves ${count} plane waves for ${bandCount} bands. Raise the cutoff or ask for fewer bands.`,
      { cutoffHartree, planeWaves: count, bandCount },
    );
  }
}

function checkGrid(grid: Grid, least: Grid): Grid {
  if (grid.some((n, i) => n < least[i]!)) {
    throw new KernelError(
      'grid-too-coarse',
      `The grid ${grid.join(' x ')} is too coarse for this cutoff: at least ${least.join(' x ')} points are needed.`,
      { grid, least },
    );
  }
  if (!grid.every(isSmooth))
    throw new KernelError('grid-factors', `The grid ${grid.join(' x ')} must have the factors 2, 3 and 5 only.`, {
      grid,
    });
  return grid;
}

function resolveKpoints(
  input: ResolvedPlanewaveInput,
  operations: SymmetryOperation[],
  notes: string[],
): { kpoints: WeightedKpoint[]; operations: SymmetryOperation[] } {
  if ('list' in input.kpoints) {
    const total = input.kpoints.list.reduce((sum, { weight }) => sum + weight, 0);
    if (operations.length > 1)
      notes.push(
        'The list of k-points is taken as the irreducible ones: the density is symmetrised with all operations.',
      );
    return { kpoints: input.kpoints.list.map((k) => ({ ...k, weight: k.weight / total })), operations };
  }
  const reduced = kpointMesh({ ...input.kpoints, operations, timeReversal: input.timeReversal });
  if (reduced.note) notes.push(reduced.note);
  return { kpoints: reduced.kpoints, operations: reduced.operations };
}
