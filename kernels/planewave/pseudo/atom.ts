import { createAndersonMixer } from '../../core/anderson';
import { eighReal } from '../../core/dense';
import { erf } from '../../core/special-functions';
import { type Functional, GRADIENT_DENSITY_THRESHOLD, localPart, SIGMA_THRESHOLD } from '../functionals/functional';
import { measure } from '../profile';
import { createGthPseudopotential, type GthParameters } from './gth';
import type { Shell } from './pseudopotential';
import { type RadialTable, tableValue } from './radial-table';

/** What starts a self-consistent cycle. Hartree atomic units. */
export interface StartingAtom {
  orbitals: AtomicOrbital[];
  /** 4 pi int r^2 sin(qr)/(qr) n(r) dr: the number of electrons at q = 0. */
  densityAt(q: number): number;
}

/** The solved pseudo-atom, which sets the cutoffs as well. */
export interface PseudoAtom extends StartingAtom {
  /** Total energy of the spherical, spin-unpolarised atom, Ha. */
  energyHartree: number;
  orbitals: GaussianOrbital[];
}

/** Plain data, so that it can be posted between threads. */
export type AtomicOrbital = GaussianOrbital | TabulatedOrbital;

/** R(r) = sum_a amplitude_a r^l exp(-exponent_a r^2). */
export interface GaussianOrbital extends Shell {
  form: 'gaussians';
  eigenvalueHartree: number;
  primitives: { exponent: number; amplitude: number }[];
}

/** An orbital of a pseudopotential's file, by its radial transform. */
export interface TabulatedOrbital extends Shell {
  form: 'table';
  table: RadialTable;
}

/**
 * 4 pi int r^2 j_l(qr) R(r) dr, bohr^(3/2): times (-i)^l Y_lm it is the orbital's Fourier transform.
 * Of Gaussians sum_a amplitude_a (pi/a)^(3/2) (q/2a)^l exp(-q^2/4a).
 */
export function radialTransform(orbital: AtomicOrbital, q: number): number {
  if (orbital.form === 'table') return tableValue(orbital.table, q);
  const { l, primitives } = orbital;
  let sum = 0;
  for (const { exponent, amplitude } of primitives) {
    const decay = (q * q) / (4 * exponent);
    if (decay < 40) sum += amplitude * (Math.PI / exponent) ** 1.5 * (q / (2 * exponent)) ** l * Math.exp(-decay);
  }
  return sum;
}

interface Primitive {
  exponent: number;
  norm: number;
}

/**
 * Radial Kohn-Sham atom with a Goedecker-Teter-Hutter pseudopotential, in even-tempered Gaussians r^l exp(-a r^2)
 * (the basis makes kinetic energies and Fourier transforms analytic); occupations are those of the neutral atom,
 * spread evenly over m and spin. Gradient functionals enter by their weak form,
 * <a|v|b> = int f_n R_a R_b + 2 f_sigma n' (R_a R_b)', so that no second derivative is taken.
 */
export function solvePseudoAtom(parameters: GthParameters, functional: Functional): PseudoAtom {
  return measure('pseudo-atoms', () => iteratePseudoAtom(parameters, functional));
}

function iteratePseudoAtom(parameters: GthParameters, functional: Functional): PseudoAtom {
  const { shells, channels } = createGthPseudopotential(parameters);
  const grid = logarithmicGrid(1e-4, 50, 480);
  const ionPotential = grid.r.map((r) => gthLocalPotential(parameters, r));
  const blocks = [...new Set(shells.map(({ l }) => l))].map((l) =>
    createBlock(
      l,
      grid,
      ionPotential,
      channels.find((channel) => channel.l === l),
      parameters,
    ),
  );
  const count = grid.r.length;
  // Value and slope are mixed together; only the value is measured.
  let density = startDensity(parameters.valence, grid.r);
  const mix = createAndersonMixer({
    product: (x, y) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += grid.weight[i]! * x[i]! * y[i]!;
      return sum;
    },
    precondition: (residual) => {
      for (let i = 0; i < residual.length; i++) residual[i]! *= 0.4;
    },
  });
  let orbitals: SolvedOrbital[] = [];
  let energyHartree = 0;
  for (let iteration = 0; iteration < 100; iteration++) {
    const [value, slope] = [density.subarray(0, count), density.subarray(count)];
    const potential = hartreeAndExchangeCorrelation(functional, grid, { value, slope });
    orbitals = blocks.flatMap((block) => solveBlock(block, grid, potential, shells));
    const next = densityOf(orbitals, grid);
    energyHartree = potential.energyCorrection + orbitals.reduce((sum, o) => sum + o.electrons * o.eigenvalue, 0);
    const change = value.map((n, i) => Math.abs(next[i]! - n));
    if (integrate(grid, change) < 1e-7 * parameters.valence) break;
    density = mix(density, next);
  }
  return {
    energyHartree,
    orbitals: orbitals.map(({ block, coefficients, eigenvalue, ...shell }) => ({
      ...shell,
      form: 'gaussians',
      eigenvalueHartree: eigenvalue,
      primitives: block.basis.map(({ exponent, norm }, a) => ({ exponent, amplitude: norm * coefficients[a]! })),
    })),
    densityAt: tabulateDensity(grid, density.subarray(0, count)),
  };
}

interface RadialGrid {
  r: Float64Array;
  /** Weights of int r^2 dr. */
  weight: Float64Array;
}

/** Points equidistant in ln r: the trapezoidal rule converges fast there for smooth functions that vanish at both ends. */
function logarithmicGrid(first: number, last: number, count: number): RadialGrid {
  const step = Math.log(last / first) / (count - 1);
  const r = Float64Array.from({ length: count }, (_, i) => first * Math.exp(i * step));
  return { r, weight: r.map((x) => step * x ** 3) };
}

function integrate(grid: RadialGrid, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * grid.weight[i]!;
  return 4 * Math.PI * sum;
}

/** V_loc(r) of GTH eq. 1: the ion's smeared Coulomb potential and the Gaussian terms. */
export function gthLocalPotential({ valence, localRadius, localCoefficients }: GthParameters, r: number): number {
  const x2 = (r / localRadius) ** 2;
  const gaussian = localCoefficients.reduceRight((sum, c) => sum * x2 + c, 0);
  return (-valence / r) * erf(r / (Math.SQRT2 * localRadius)) + Math.exp(-x2 / 2) * gaussian;
}

interface Block {
  l: number;
  basis: Primitive[];
  /** R_a and its derivative on the grid. */
  values: Float64Array[];
  slopes: Float64Array[];
  /** Orthonormal functions in the basis, near-dependent combinations left out: at first those of the overlap, then the last eigenfunctions. */
  orthonormal: Float64Array[];
  /** Kinetic, ionic and non-local parts of the Hamiltonian, row-major. */
  fixed: Float64Array;
}

function createBlock(
  l: number,
  grid: RadialGrid,
  ionPotential: Float64Array,
  channel: { count: number; coupling: Float64Array } | undefined,
  parameters: GthParameters,
): Block {
  const radii = [parameters.localRadius, ...parameters.channels.filter((c) => c.upper.length > 0).map((c) => c.radius)];
  const tightest = 3 / Math.min(...radii) ** 2;
  const diffuse = 0.018;
  const count = Math.ceil(Math.log(tightest / diffuse) / Math.log(1.75)) + 1;
  const basis = Array.from({ length: count }, (_, a): Primitive => {
    const exponent = diffuse * (tightest / diffuse) ** (a / (count - 1));
    return { exponent, norm: Math.sqrt((2 * (2 * exponent) ** (l + 1.5)) / gammaHalf(2 * l + 3)) };
  });
  const values = basis.map(({ exponent, norm }) => grid.r.map((r) => norm * r ** l * Math.exp(-exponent * r * r)));
  const slopes = basis.map(({ exponent }, a) => grid.r.map((r, i) => values[a]![i]! * (l / r - 2 * exponent * r)));
  const projections =
    channel &&
    Array.from({ length: channel.count }, (_, i) => {
      const projector = grid.r.map((r) => gthProjector(l, i, parameters.channels[l]!.radius, r));
      return values.map((value) => projector.reduce((sum, p, k) => sum + p * value[k]! * grid.weight[k]!, 0));
    });
  const overlap = new Float64Array(count * count);
  const fixed = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const p = basis[a]!.exponent;
      const q = basis[b]!.exponent;
      const ab = ((4 * p * q) / (p + q) ** 2) ** (l / 2 + 0.75);
      overlap[a * count + b] = ab;
      let element = (ab * (2 * l + 3) * p * q) / (p + q);
      for (let k = 0; k < grid.r.length; k++)
        element += values[a]![k]! * values[b]![k]! * ionPotential[k]! * grid.weight[k]!;
      if (channel && projections) {
        for (let i = 0; i < channel.count; i++) {
          for (let j = 0; j < channel.count; j++)
            element += projections[i]![a]! * channel.coupling[i * channel.count + j]! * projections[j]![b]!;
        }
      }
      fixed[a * count + b] = element;
    }
  }
  const { values: s, vectors } = eighReal(count, overlap);
  const orthonormal: Float64Array[] = [];
  for (let j = 0; j < count; j++) {
    if (s[j]! > 1e-9) orthonormal.push(vectors.slice(j * count, (j + 1) * count).map((v) => v / Math.sqrt(s[j]!)));
  }
  return { l, basis, values, slopes, orthonormal, fixed };
}

/** Gamma(n/2) for odd n. */
function gammaHalf(n: number): number {
  let value = Math.sqrt(Math.PI);
  for (let k = 1; k < n; k += 2) value *= k / 2;
  return value;
}

/** p_i^l(r) of HGH eq. 3, i from 0. */
export function gthProjector(l: number, i: number, radius: number, r: number): number {
  const power = l + 2 * i;
  const order = l + (4 * (i + 1) - 1) / 2;
  return (
    (Math.SQRT2 * r ** power * Math.exp((-r * r) / (2 * radius * radius))) /
    (radius ** order * Math.sqrt(gammaHalf(2 * order)))
  );
}

interface RadialDensity {
  value: Float64Array;
  slope: Float64Array;
}

/** Values, then slopes, of a Gaussian with the right charge. */
function startDensity(electrons: number, r: Float64Array): Float64Array {
  const exponent = 0.5;
  const height = electrons * (exponent / Math.PI) ** 1.5;
  const value = Array.from(r, (x) => height * Math.exp(-exponent * x * x));
  return Float64Array.from([...value, ...value.map((n, i) => -2 * exponent * r[i]! * n)]);
}

interface RadialPotential {
  /** V_H + f_n on the grid. */
  value: Float64Array;
  /** 2 f_sigma n', which multiplies (R_a R_b)'. */
  onSlope: Float64Array;
  /** What takes the sum of eigenvalues to the total energy. */
  energyCorrection: number;
}

function hartreeAndExchangeCorrelation(
  functional: Functional,
  grid: RadialGrid,
  density: RadialDensity,
): RadialPotential {
  const hartree = radialHartree(grid, density.value);
  const value = new Float64Array(grid.r.length);
  const onSlope = new Float64Array(grid.r.length);
  const correction = new Float64Array(grid.r.length);
  for (let i = 0; i < grid.r.length; i++) {
    const n = Math.max(density.value[i]!, 0);
    const local = localPart(functional, n);
    let energyDensity = n * local.energy;
    value[i] = hartree[i]! + local.potential;
    const slope = density.slope[i]!;
    if (functional.gradient && n > GRADIENT_DENSITY_THRESHOLD && slope * slope > SIGMA_THRESHOLD) {
      const gradient = functional.gradient(n, slope * slope);
      energyDensity += gradient.energyDensity;
      value[i]! += gradient.byDensity;
      onSlope[i] = 2 * gradient.bySigma * slope;
    }
    correction[i] = energyDensity - n * value[i]! - onSlope[i]! * slope + 0.5 * n * hartree[i]!;
  }
  return { value, onSlope, energyCorrection: integrate(grid, correction) };
}

/** V_H(r) = Q(r)/r + int_r 4 pi r' n dr', both integrals cumulated with Simpson-like fourth-order weights on ln r. */
function radialHartree({ r, weight }: RadialGrid, density: Float64Array): Float64Array {
  const count = r.length;
  const charge = cumulate(Float64Array.from({ length: count }, (_, i) => 4 * Math.PI * weight[i]! * density[i]!));
  const outer = cumulate(
    Float64Array.from({ length: count }, (_, i) => (4 * Math.PI * weight[i]! * density[i]!) / r[i]!),
  );
  return r.map((x, i) => charge[i]! / x + outer[count - 1]! - outer[i]!);
}

/** Running integral of samples at unit steps, exact for cubics between inner points: (13(f0+f1) - f(-1) - f2)/24. */
function cumulate(f: Float64Array): Float64Array {
  const sum = new Float64Array(f.length);
  for (let i = 1; i < f.length; i++) {
    const before = f[Math.max(i - 2, 0)]!;
    const after = f[Math.min(i + 1, f.length - 1)]!;
    sum[i] = sum[i - 1]! + (13 * (f[i - 1]! + f[i]!) - before - after) / 24;
  }
  return sum;
}

interface SolvedOrbital extends Shell {
  eigenvalue: number;
  coefficients: Float64Array;
  block: Block;
}

function solveBlock(
  block: Block,
  grid: RadialGrid,
  potential: RadialPotential,
  shells: readonly Shell[],
): SolvedOrbital[] {
  const { basis, values, slopes, orthonormal, fixed, l } = block;
  const count = basis.length;
  const H = fixed.slice();
  const points = grid.r.length;
  const onValue = new Float64Array(points);
  const onSlope = new Float64Array(points);
  for (let b = 0; b < count; b++) {
    const [value, slope] = [values[b]!, slopes[b]!];
    for (let k = 0; k < points; k++) {
      const weighted = value[k]! * grid.weight[k]!;
      onSlope[k] = weighted * potential.onSlope[k]!;
      onValue[k] = weighted * potential.value[k]! + slope[k]! * grid.weight[k]! * potential.onSlope[k]!;
    }
    for (let a = b; a < count; a++) {
      const element = twoProducts(values[a]!, onValue, slopes[a]!, onSlope);
      H[a * count + b]! += element;
      if (a !== b) H[b * count + a]! += element;
    }
  }
  const size = orthonormal.length;
  const reduced = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const Hv = Float64Array.from({ length: count }, (_, a) =>
      dot(H.subarray(a * count, (a + 1) * count), orthonormal[j]!),
    );
    for (let i = 0; i < size; i++) reduced[i * size + j] = dot(orthonormal[i]!, Hv);
  }
  const { values: eigenvalues, vectors } = eighReal(size, reduced);
  // In these functions the next matrix is nearly diagonal: the rotations that make it so are soon done.
  block.orthonormal = Array.from({ length: size }, (_, column) => {
    const combined = new Float64Array(count);
    for (let j = 0; j < size; j++) {
      const share = vectors[column * size + j]!;
      for (let a = 0; a < count; a++) combined[a]! += share * orthonormal[j]![a]!;
    }
    return combined;
  });
  return shells
    .filter((shell) => shell.l === l)
    .map((shell) => {
      const column = shell.n - 1;
      return { ...shell, eigenvalue: eigenvalues[column]!, coefficients: block.orthonormal[column]!, block };
    });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** a.b + c.d */
function twoProducts(a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]! + c[k]! * d[k]!;
  return sum;
}

/** Values, then slopes, of the density of filled shells on the grid. */
function densityOf(orbitals: SolvedOrbital[], grid: RadialGrid): Float64Array {
  const count = grid.r.length;
  const density = new Float64Array(2 * count);
  const [R, dR] = [new Float64Array(count), new Float64Array(count)];
  for (const { block, coefficients, electrons } of orbitals) {
    R.fill(0);
    dR.fill(0);
    coefficients.forEach((c, a) => {
      const [value, slope] = [block.values[a]!, block.slopes[a]!];
      for (let i = 0; i < count; i++) {
        R[i]! += c * value[i]!;
        dR[i]! += c * slope[i]!;
      }
    });
    for (let i = 0; i < count; i++) {
      density[i]! += (electrons / (4 * Math.PI)) * R[i]! * R[i]!;
      density[count + i]! += (electrons / (4 * Math.PI)) * 2 * R[i]! * dR[i]!;
    }
  }
  return density;
}

/** n(q) by cubic interpolation in a table up to 40/bohr, where atomic valence densities have long vanished. */
function tabulateDensity(grid: RadialGrid, density: Float64Array): (q: number) => number {
  const step = 0.05;
  const values = new Float64Array(803);
  for (let i = 0; i < grid.r.length; i++) {
    const r = grid.r[i]!;
    const charge = 4 * Math.PI * density[i]! * grid.weight[i]!;
    if (charge === 0) continue;
    // sin((j+1)x) = 2 cos(x) sin(jx) - sin((j-1)x): its error grows with j^2, to 1e-10 at the end of the table, where n(q) is none.
    const x = step * r;
    const twice = 2 * Math.cos(x);
    let [before, now] = [0, Math.sin(x)];
    const scaled = charge / x;
    values[0]! += charge;
    for (let j = 1; j < values.length; j++) {
      values[j]! += (scaled * now) / j;
      [before, now] = [now, twice * now - before];
    }
  }
  const table: RadialTable = { l: 0, step, values };
  return (q) => tableValue(table, q);
}
