import { createAndersonMixer } from '../../../core/anderson';
import { addRow } from '../../../core/rows';
import type { Functional } from '../../functionals/functional';
import { measure } from '../../profile';
import type { GaussianOrbital, StartingAtom } from '../atomic-orbital';
import { fillShells, type GthParameters } from '../gth';
import { gthLocalPotential } from '../gth-real-space';
import type { Shell } from '../pseudopotential';
import { createBlock, type GaussianBlock, solveBlock } from './gaussian-block';
import { logarithmicGrid, type RadialGrid, tabulateDensity } from './radial-grid';
import { radialPotential } from './radial-potential';

/** The solved pseudo-atom, which sets the cutoffs as well. */
export interface PseudoAtom extends StartingAtom {
  /** Total energy of the spherical, spin-unpolarised atom, Ha. */
  energyHartree: number;
  orbitals: GaussianOrbital[];
}

/**
 * The radial grid, bohr. Local functionals give energies to 1e-7 Ha on it; where a gradient functional ends at its least density the
 * error goes with the step, and eigenvalues are right to 2e-5 Ha.
 */
const FIRST_BOHR = 1e-4;
const LAST_BOHR = 30;
const POINTS = 210;
/** Share of the electrons that may still change place at the end. */
const DENSITY_TOLERANCE = 1e-6;
/** Share of the residual that is added. */
const MIXING_FRACTION = 0.6;

/**
 * Radial Kohn-Sham atom with a Goedecker-Teter-Hutter pseudopotential, in even-tempered Gaussians r^l exp(-a r^2)
 * (the basis makes Fourier transforms analytic); occupations are those of the neutral atom,
 * spread evenly over m and spin. Gradient functionals enter by their weak form,
 * <a|v|b> = int f_n R_a R_b + 2 f_sigma n' (R_a R_b)', so that no second derivative is taken.
 */
export function solvePseudoAtom(parameters: GthParameters, functional: Functional): PseudoAtom {
  return measure('pseudo-atoms', () => iteratePseudoAtom(parameters, functional));
}

function iteratePseudoAtom(parameters: GthParameters, functional: Functional): PseudoAtom {
  const grid = logarithmicGrid(FIRST_BOHR, LAST_BOHR, POINTS);
  const count = grid.r.length;
  const shells = fillShells(parameters.electronsByL);
  const blocks = [...new Set(shells.map(({ l }) => l))].map((l) => createBlock(l, grid, parameters));
  const ion = new Float64Array(count);
  for (let i = 0; i < count; i++) ion[i] = gthLocalPotential(parameters, grid.r[i]!);
  const mix = createDensityMixer(grid);
  let density = startDensity(parameters.valence, grid);
  let orbitals: SolvedOrbital[] = [];
  let energyHartree = 0;
  for (let iteration = 0; iteration < 100; iteration++) {
    const { value, onSlope, energyCorrection } = radialPotential(functional, grid, density);
    for (let i = 0; i < count; i++) value[i]! += ion[i]!;
    orbitals = blocks.flatMap((block) => {
      const eigenvalues = solveBlock(block, grid, value, onSlope);
      return shells
        .filter(({ l }) => l === block.l)
        .map((shell) => ({ shell, block, eigenvalueHartree: eigenvalues[shell.n - 1]! }));
    });
    energyHartree = orbitals.reduce((sum, o) => sum + o.shell.electrons * o.eigenvalueHartree, energyCorrection);
    const next = densityOf(orbitals, grid);
    if (movedElectrons(grid, density, next) < DENSITY_TOLERANCE * parameters.valence) break;
    density = mix(density, next);
  }
  return {
    energyHartree,
    orbitals: orbitals.map(({ shell, block, eigenvalueHartree }) => ({
      ...shell,
      form: 'gaussians',
      eigenvalueHartree,
      primitives: primitivesOf(block, shell.n - 1),
    })),
    densityAt: tabulateDensity(grid, density),
  };
}

interface SolvedOrbital {
  shell: Shell;
  block: GaussianBlock;
  eigenvalueHartree: number;
}

function primitivesOf({ exponents, combinations, vectors }: GaussianBlock, state: number) {
  const count = exponents.length;
  return Array.from(exponents, (exponent, a) => {
    let amplitude = 0;
    for (let j = a; j < count; j++) amplitude += vectors[state * count + j]! * combinations[j * count + a]!;
    return { exponent, amplitude };
  });
}

/** Values, then slopes, on the grid, of a Gaussian with the right charge. */
function startDensity(electrons: number, { r }: RadialGrid): Float64Array {
  const exponent = 0.5;
  const height = electrons * (exponent / Math.PI) ** 1.5;
  const density = new Float64Array(2 * r.length);
  for (let i = 0; i < r.length; i++) {
    density[i] = height * Math.exp(-exponent * r[i]! * r[i]!);
    density[r.length + i] = -2 * exponent * r[i]! * density[i]!;
  }
  return density;
}

/** Values, then slopes, of the density of filled shells on the grid. */
function densityOf(orbitals: readonly SolvedOrbital[], { r }: RadialGrid): Float64Array {
  const count = r.length;
  const density = new Float64Array(2 * count);
  for (const { shell, block } of orbitals) {
    const size = block.exponents.length;
    const orbital = new Float64Array(2 * count);
    for (let a = 0; a < size; a++)
      addRow(2 * count, orbital, 0, block.vectors[(shell.n - 1) * size + a]!, block.functions, a * 2 * count);
    const weight = shell.electrons / (4 * Math.PI);
    for (let i = 0; i < count; i++) {
      density[i]! += weight * orbital[i]! * orbital[i]!;
      density[count + i]! += 2 * weight * orbital[i]! * orbital[count + i]!;
    }
  }
  return density;
}

/** 4 pi int r^2 |a - b| dr */
function movedElectrons({ weight }: RadialGrid, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weight.length; i++) sum += weight[i]! * Math.abs(a[i]! - b[i]!);
  return 4 * Math.PI * sum;
}

/** Value and slope are mixed together; only the value is measured. */
function createDensityMixer({ weight }: RadialGrid) {
  return createAndersonMixer({
    product(x, y) {
      let sum = 0;
      for (let i = 0; i < weight.length; i++) sum += weight[i]! * x[i]! * y[i]!;
      return sum;
    },
    precondition(residual) {
      for (let i = 0; i < residual.length; i++) residual[i]! *= MIXING_FRACTION;
    },
  });
}
