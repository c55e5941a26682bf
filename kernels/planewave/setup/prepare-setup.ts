import { BOHR_ANGSTROM } from '../../core/constants';
import { KernelError } from '../../core/errors';
import { checkStructure } from '../../crystal/check-structure';
import { elementBySymbol } from '../../crystal/elements';
import { kpointMesh } from '../../crystal/kpoints';
import type { Structure } from '../../crystal/schema';
import { parseStructure } from '../../crystal/structure';
import type { Symmetry, SymmetryOperation } from '../../crystal/symmetry';
import { dampingFor } from '../../dispersion/run';
import { chooseGrid, mapsGrid, smallestGrid } from '../basis/fft-grid';
import { createLattice, type Matrix3 } from '../basis/lattice';
import { type Functional, functionalsById } from '../functionals/functional';
import type { PseudopotentialParameters } from '../pseudo/create-pseudopotential';
import type { WeightedKpoint } from '../scf/run-scf';
import type { ResolvedPlanewaveInput } from '../schema';
import type { System } from '../system';
import { checkBoundaries } from './boundaries';
import { choosePseudopotential, countOrbitals, countProjectors, defaultCutoff } from './choose-pseudopotentials';
import { checkBasis, checkGrid, checkMemory, product } from './limits';
import { chooseBandCount, chooseSpin, singleShotBands } from './spin';
import { canSearchSymmetry, findSymmetry, IDENTITY, keepsConstraints, snapTranslation } from './symmetry';

/** Everything that follows from the input before any number is computed. */
export interface Setup {
  structure: Structure;
  system: System;
  functional: Functional;
  /** Electrons up minus down where it is fixed. */
  totalMagnetisation: number | null;
  kpoints: WeightedKpoint[];
  /** The operations with which the k-points were reduced, and the density must be symmetrised. */
  operations: SymmetryOperation[];
  /** All operations that the grid allows, for meshes other than that of the scf. */
  gridOperations: SymmetryOperation[];
  spaceGroupNumber: number | null;
  bandCount: number;
  notes: string[];
}

/**
 * Checks the input and works out cell, pseudopotentials, cutoff, grid, symmetry and k-points.
 * @throws KernelError with a sentence for everything that cannot be computed.
 */
export function prepareSetup(input: ResolvedPlanewaveInput, limits: { memoryBytes: number; threads: number }): Setup {
  const notes: string[] = [];
  const structure = parseSites(input);
  const problem = checkStructure(structure)[0];
  if (problem) throw new KernelError(problem.code, problem.message, problem.numbers);
  if (!structure.cellAngstrom) {
    throw new KernelError(
      'no-cell',
      'This structure has no cell. The engine computes crystals: put the molecule into a box with vacuum around it.',
    );
  }
  const functional = functionalsById[input.functional];
  const elements = [...new Set(structure.sites.map((site) => site.species[0]!.element))];
  const species = elements.map((element) => choosePseudopotential(element, input, functional, notes));
  const unused = Object.keys({ ...input.pseudopotentials, ...input.pseudopotentialEntries }).filter(
    (element) => !elements.includes(element),
  );
  if (unused.length) notes.push(`There is no ${unused.join(', ')} in the structure: that pseudopotential is not used.`);
  if (spinWithLargeCore(input, species))
    notes.push(
      'The frozen core of these pseudopotentials takes part in bonding and carries no core correction: moments and energies of spin are less sure.',
    );
  if (input.dispersion === 'd3bj') dampingFor(functional.id);
  if (functional.id === 'pbesol' && species.some(({ name }) => name !== 'given'))
    notes.push('PBEsol is used with pseudopotentials made for PBE.');
  const lattice = createLattice(structure.cellAngstrom.map((row) => row.map((x) => x / BOHR_ANGSTROM)) as Matrix3);
  checkBoundaries(
    input,
    lattice,
    { positions: structure.sites.map(({ position }) => position), periodic: structure.periodic },
    notes,
  );
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
  const spin = chooseSpin(input, structure, { electrons, valences: speciesOf.map((s) => species[s]!.valence) }, notes);
  if (input.task === 'bands' && !input.bands.kpoints?.length)
    throw new KernelError('bands-without-path', 'Task "bands" needs bands.kpoints: the points of the path.');
  const cutoffHartree = input.cutoffHartree ?? defaultCutoff(species, notes);
  const bandCount =
    input.task === 'single-shot' && input.bands.count === undefined
      ? singleShotBands(
          electrons,
          speciesOf.reduce((sum, s) => sum + countOrbitals(species[s]!), 0),
        )
      : chooseBandCount(input.bands.count, electrons, spin);
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
  const symmetry: Symmetry | null =
    isSearchable && (input.symmetry || !input.fftGrid) ? findSymmetry(structure, input.symmetry) : null;
  const ofCrystal = symmetry ? symmetry.operations.map(snapTranslation) : [IDENTITY];
  const grid = input.fftGrid
    ? checkGrid(input.fftGrid, smallestGrid(lattice, cutoffHartree))
    : chooseGrid(lattice, cutoffHartree, ofCrystal, input.gridScale);
  const ofTask =
    input.task === 'relax'
      ? ofCrystal.filter((operation) => keepsConstraints(operation, structure, input.relax))
      : ofCrystal;
  const found = input.symmetry ? ofTask : [IDENTITY];
  const gridOperations = found.filter((operation) => mapsGrid(operation, grid));
  if (gridOperations.length < found.length) {
    notes.push(
      `${found.length - gridOperations.length} of ${found.length} symmetry operations do not map the real-space grid ${grid.join(' x ')} onto itself and are not used.`,
    );
  }
  const { kpoints, operations } = resolveKpoints(input, gridOperations, notes);
  checkMemory({ ...size, gridPoints: product(grid), kpoints: kpoints.length * spin.spinChannels }, limits.memoryBytes);
  checkBasis(lattice, cutoffHartree, grid, bandCount, [...kpoints, ...(input.bands.kpoints ?? [])]);
  return {
    structure,
    system: {
      lattice,
      basis: lattice,
      positions: structure.sites.map((site) => site.position),
      speciesOf,
      species,
      functional: functional.id,
      cutoffHartree,
      grid,
      electrons,
      spinChannels: spin.spinChannels,
      initialMoments: spin.initialMoments,
      kineticSmoothing: input.kineticSmoothing ?? null,
    },
    totalMagnetisation: spin.totalMagnetisation,
    functional,
    kpoints,
    operations,
    gridOperations,
    spaceGroupNumber: input.symmetry ? (symmetry?.spaceGroupNumber ?? null) : null,
    bandCount,
    notes,
  };
}

/** A d or f element whose outermost s and p core shells, which share their space with the open shell, are frozen without a core correction. */
function spinWithLargeCore(input: ResolvedPlanewaveInput, species: readonly PseudopotentialParameters[]): boolean {
  if (input.spin.kind === 'none') return false;
  return species.some((parameters) => {
    const { atomicNumber: z } = elementBySymbol(parameters.element);
    const hasOpenShell = (z >= 21 && z <= 29) || (z >= 39 && z <= 47) || (z >= 57 && z <= 79);
    const hasCore = 'radii' in parameters && parameters.core !== null;
    return hasOpenShell && !hasCore && [18, 36, 54, 68].includes(z - parameters.valence);
  });
}

/** Without spin, moments say nothing and shall not lower the symmetry. */
function parseSites(input: ResolvedPlanewaveInput): Structure {
  const structure = parseStructure(input.structure);
  if (input.spin.kind === 'collinear') return structure;
  return { ...structure, sites: structure.sites.map(({ momentBohrMagneton: _moment, ...site }) => site) };
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
