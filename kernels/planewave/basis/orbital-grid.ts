import type { Backend, FftPlan } from '../backends/backend';
import { type Grid, isSmooth, smallestGrid } from './fft-grid';
import type { Lattice } from './lattice';
import { createDensityPlaneWaves, gridIndicesOf } from './plane-waves';

/**
 * The grid on which orbitals meet the potential: the smallest one that holds their products, whatever finer grid the density's
 * exchange and correlation is taken on. Nothing is lost: between plane waves of the sphere only components |G| <= 2 G_max of the potential
 * act, and a product of two orbitals has no others.
 */
export interface OrbitalGrid {
  plan: FftPlan;
  /** A potential on the run's grid, on this one. */
  restrict(potential: Float64Array): Float64Array;
  /** A density on this grid, on the run's. */
  prolong(density: Float64Array): Float64Array;
}

export function createOrbitalGrid(
  backend: Backend,
  { basis, cutoffHartree, grid }: { basis: Lattice; cutoffHartree: number; grid: Grid },
): OrbitalGrid {
  const coarse = smallestGrid(basis, cutoffHartree).map(nextSmooth) as Grid;
  const plan = backend.planFft(coarse);
  if (coarse.every((n, axis) => n >= grid[axis]!)) {
    return { plan: backend.planFft(grid), restrict: (potential) => potential, prolong: (density) => density };
  }
  const { triples } = createDensityPlaneWaves(basis, cutoffHartree, grid);
  const sphereOn = (n: Grid) => ({ n, sphere: backend.planFft(n).sphere(gridIndicesOf(triples, n)) });
  const [small, large] = [sphereOn(coarse), sphereOn(grid)];
  return {
    plan,
    restrict: (potential) => interpolate(potential, large, small),
    prolong: (density) => interpolate(density, small, large),
  };
}

type SphereOn = { n: Grid; sphere: ReturnType<FftPlan['sphere']> };

/** A real field from one grid to another by its components on the density's sphere. */
function interpolate(field: Float64Array, from: SphereOn, to: SphereOn): Float64Array {
  const values = new Float64Array(2 * field.length);
  for (let i = 0; i < field.length; i++) values[2 * i] = field[i]! / field.length;
  const components = new Float64Array(2 * from.sphere.size);
  from.sphere.fromGrid(values, components);
  const [n0, n1, n2] = to.n;
  const onGrid = new Float64Array(2 * n0 * n1 * n2);
  to.sphere.toGrid(components, onGrid);
  const out = new Float64Array(n0 * n1 * n2);
  for (let i = 0; i < out.length; i++) out[i] = onGrid[2 * i]!;
  return out;
}

function nextSmooth(n: number): number {
  let smooth = n;
  while (!isSmooth(smooth)) smooth++;
  return smooth;
}
