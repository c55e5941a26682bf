import type { DensityOfStatesOptions } from './density-of-states';
import { addTetrahedron, cutTetrahedra } from './tetrahedra';

/**
 * The density of states of each orbital, [orbital][energy] per Ha, of one spin channel: every state counts by its weight on the orbital,
 * within a tetrahedron by the mean of its corners'.
 * @param projections [kpoint], bands x orbitals
 * @param states electrons a band: 2 without spin, 1 with it
 */
export function projectedDensity(
  projections: readonly Float64Array[],
  orbitalCount: number,
  {
    eigenvalues,
    weights,
    energiesHartree,
    method,
    states,
  }: {
    eigenvalues: readonly (readonly number[])[];
    weights: readonly number[];
    energiesHartree: readonly number[];
    method: DensityOfStatesOptions['method'];
    states: number;
  },
): Float64Array[] {
  const energies = Float64Array.from(energiesHartree);
  const curves = Array.from({ length: orbitalCount }, () => new Float64Array(energies.length));
  /** Adds `share` of the curve that lies in `one` between two indices, and clears it. */
  const distribute = (one: Float64Array, from: number, to: number, shareOf: (orbital: number) => number) => {
    curves.forEach((curve, orbital) => {
      const share = shareOf(orbital);
      if (share > 1e-6) for (let i = from; i < to; i++) curve[i]! += share * one[i]!;
    });
    one.fill(0, from, to);
  };
  const scratch = new Float64Array(energies.length);
  if (method.kind === 'gaussian') {
    const width = method.widthHartree;
    eigenvalues.forEach((bands, k) => {
      bands.forEach((e, band) => {
        const [from, to] = [firstAbove(energies, e - 6 * width), firstAbove(energies, e + 6 * width)];
        for (let i = from; i < to; i++) {
          const x = (energies[i]! - e) / width;
          scratch[i] = (states * weights[k]! * Math.exp(-x * x)) / (width * Math.sqrt(Math.PI));
        }
        distribute(scratch, from, to, (orbital) => projections[k]![band * orbitalCount + orbital]!);
      });
    });
    return curves;
  }
  const corners = cutTetrahedra(method.mesh);
  const weight = states / (corners.length / 4);
  const unused = new Float64Array(energies.length);
  const bandCount = eigenvalues[0]!.length;
  for (let t = 0; t < corners.length; t += 4) {
    const points = [corners[t]!, corners[t + 1]!, corners[t + 2]!, corners[t + 3]!];
    for (let band = 0; band < bandCount; band++) {
      const values = points.map((k) => eigenvalues[k]![band]!);
      const [from, to] = [firstAbove(energies, Math.min(...values)), firstAbove(energies, Math.max(...values))];
      if (from === to) continue;
      addTetrahedron(values, weight, energies.subarray(0, to), scratch.subarray(0, to), unused.subarray(0, to));
      distribute(
        scratch,
        from,
        to,
        (orbital) => points.reduce((sum, k) => sum + projections[k]![band * orbitalCount + orbital]!, 0) / 4,
      );
    }
  }
  return curves;
}

/** Index of the first energy that is not below. */
function firstAbove(energies: Float64Array, limit: number): number {
  let [low, high] = [0, energies.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (energies[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
