import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import type { Ground } from './ground-state';

/** Electrons up minus down, and the integral of |n_up - n_down|, in the cell. Nothing without spin. */
export function magnetisationOf(
  { grid, setup }: Session,
  { density }: Ground,
): Pick<PlanewaveOutput, 'totalMagnetisation' | 'absoluteMagnetisation'> {
  const [up, down] = density.map((field) => grid.toReal(field)) as [Float64Array, Float64Array | undefined];
  if (!down) return {};
  const scale = setup.system.lattice.volume / grid.points;
  let [total, absolute] = [0, 0];
  for (let i = 0; i < grid.points; i++) {
    total += up[i]! - down[i]!;
    absolute += Math.abs(up[i]! - down[i]!);
  }
  return { totalMagnetisation: total * scale, absoluteMagnetisation: absolute * scale };
}
