import { erf } from '../../core/special-functions';
import { sphericalBessel } from '../../core/spherical-bessel';
import type { StartingAtom } from './atomic-orbital';
import { fillShells } from './gth';
import type { ProjectorChannel, Pseudopotential, Shell } from './pseudopotential';
import { growingTable, tabulate } from './radial-table';

/** A norm-conserving pseudopotential on a radial mesh, as UPF files have it, in Hartree atomic units. Plain data. */
export interface UpfParameters {
  element: string;
  name: string;
  valence: number;
  /** The words of the file that name the functional. */
  functional: string;
  /** Mesh r_i, bohr, and dr/di: integrals are sums over i. */
  radii: Float64Array;
  weights: Float64Array;
  /** V_loc(r), Ha. */
  local: Float64Array;
  /** r beta(r); zero from `projectorPoints` on. */
  projectors: { l: number; values: Float64Array }[];
  projectorPoints: number;
  /** D_ij, Ha, row-major over `projectors`; zero between different l. */
  coupling: Float64Array;
  /** 4 pi r^2 n(r) of the neutral atom's valence. */
  density: Float64Array;
  /** r R(r), in the order of the file. */
  orbitals: { label: string; l: number; occupation: number; values: Float64Array }[];
  /** n_core(r) for the non-linear core correction, bohr^-3. */
  core: Float64Array | null;
  /** Where the file has no orbitals: valence electrons for l = 0..3. */
  electronsByL: number[];
}

/** Steps of the tables in q, 1/bohr, as in pw.x. */
const STEP = 0.01;
/** Where pw.x ends integrals over all space, bohr: numerical noise of V_loc(r) + Z/r further out would be magnified by r^2. */
const LAST_RADIUS = 10;
/** Orbitals are tabulated to here, 1/bohr: a cutoff of 450 Ha. */
const LAST_ORBITAL_Q = 30;

/**
 * Form factors of a tabulated pseudopotential by Simpson's rule on the mesh. The long-ranged -Z erf(r)/r is split off from the
 * local part and transformed analytically: V(q) = 4 pi int r (r V + Z erf(r)) sin(qr)/(qr) dr - 4 pi Z exp(-q^2/4)/q^2.
 */
export function createUpfPseudopotential(parameters: UpfParameters): Pseudopotential {
  const { valence, radii, local, core } = parameters;
  const points = integrationPoints(radii);
  const shortRanged = radii.map((r, i) => r * local[i]! + valence * erf(r));
  const short = growingTable(0, STEP, radialIntegral(parameters, 0, shortRanged, points));
  const bare = radii.map((r, i) => r * local[i]! + valence);
  const coreTable =
    core &&
    growingTable(
      0,
      STEP,
      radialIntegral(
        parameters,
        0,
        radii.map((r, i) => r * core[i]!),
        points,
      ),
    );
  return {
    element: parameters.element,
    name: parameters.name,
    valence,
    local: (q) => short.value(q) - (4 * Math.PI * valence * Math.exp((-q * q) / 4)) / (q * q),
    localSlope: (q) =>
      short.slope(q) + 4 * Math.PI * valence * Math.exp((-q * q) / 4) * (2 / (q * q * q) + 1 / (2 * q)),
    localAtZero: radialIntegral(parameters, 0, bare, points)(0),
    channels: createChannels(parameters),
    shells: upfShells(parameters),
    ...(coreTable && { core: { density: coreTable.value, densitySlope: coreTable.slope } }),
  };
}

/** The orbitals and the density of the file. */
export function createUpfAtom(parameters: UpfParameters): StartingAtom {
  const { radii, density } = parameters;
  const points = integrationPoints(radii);
  // 4 pi r n(r); the mesh may begin at the origin.
  const perRadius = radii.map((r, i) => (r > 0 ? density[i]! / (4 * Math.PI * r) : 0));
  return {
    densityAt: growingTable(0, STEP, radialIntegral(parameters, 0, perRadius, points)).value,
    orbitals: boundOrbitals(parameters).map(({ values, ...shell }) => ({
      ...shell,
      form: 'table',
      table: tabulate(shell.l, STEP, LAST_ORBITAL_Q, radialIntegral(parameters, shell.l, values, points)),
    })),
  };
}

function createChannels(parameters: UpfParameters): ProjectorChannel[] {
  const { projectors, coupling, projectorPoints } = parameters;
  const points = oddCount(Math.min(projectorPoints + 1, parameters.radii.length));
  return [0, 1, 2, 3].flatMap((l) => {
    const members = projectors.flatMap((projector, index) => (projector.l === l ? [index] : []));
    if (members.length === 0) return [];
    const tables = members.map((index) =>
      growingTable(l, STEP, radialIntegral(parameters, l, projectors[index]!.values, points)),
    );
    return [
      {
        l,
        count: members.length,
        coupling: Float64Array.from(members.flatMap((i) => members.map((j) => coupling[i * projectors.length + j]!))),
        projector: (i: number, q: number) => tables[i]!.value(q),
        projectorSlope: (i: number, q: number) => tables[i]!.slope(q),
      },
    ];
  });
}

function upfShells(parameters: UpfParameters): Shell[] {
  const bound = boundOrbitals(parameters).filter(({ electrons }) => electrons > 0);
  return bound.length > 0
    ? bound.map(({ l, n, electrons }) => ({ l, n, electrons }))
    : fillShells(parameters.electronsByL);
}

/**
 * Normalised orbitals, n counted from 1 within each l. As in pw.x those without a norm, and those that a negative occupation
 * marks as unbound, are left out.
 */
function boundOrbitals({ orbitals, weights }: UpfParameters): (Shell & { values: Float64Array })[] {
  const nextN = [1, 1, 1, 1];
  return orbitals.flatMap(({ l, occupation, values }) => {
    const norm = simpsonSum(
      weights.map((weight, i) => weight * values[i]! ** 2),
      oddCount(weights.length),
    );
    if (!(occupation >= 0 && norm > 1e-6)) return [];
    const scale = 1 / Math.sqrt(norm);
    return [{ l, n: nextN[l]!++, electrons: occupation, values: values.map((value) => value * scale) }];
  });
}

/** q -> 4 pi int r f(r) j_l(qr) dr over the first `points` of the mesh, f(r) being r times the function. */
function radialIntegral({ radii, weights }: UpfParameters, l: number, f: Float64Array, points: number) {
  const weighted = weights.subarray(0, points).map((weight, i) => 4 * Math.PI * weight * radii[i]! * f[i]!);
  for (let i = 0; i < points; i++) weighted[i]! *= simpsonWeight(i, points);
  return (q: number): number => {
    let sum = 0;
    for (let i = 0; i < points; i++) sum += weighted[i]! * sphericalBessel(l, q * radii[i]!);
    return sum;
  };
}

function simpsonSum(values: Float64Array, points: number): number {
  let sum = 0;
  for (let i = 0; i < points; i++) sum += simpsonWeight(i, points) * values[i]!;
  return sum;
}

function simpsonWeight(i: number, points: number): number {
  if (i === 0 || i === points - 1) return 1 / 3;
  return i % 2 === 1 ? 4 / 3 : 2 / 3;
}

/** As many points as reach past LAST_RADIUS. */
function integrationPoints(radii: Float64Array): number {
  const beyond = radii.findIndex((r) => r > LAST_RADIUS);
  return oddCount(beyond < 0 ? radii.length : beyond + 1);
}

/** Simpson's rule takes an odd number of points. */
function oddCount(points: number): number {
  return points - (1 - (points % 2));
}
