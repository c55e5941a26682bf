import { erfc } from '../../core/special-functions';
import { addTetrahedron, cutTetrahedra, type TetrahedronMesh } from './tetrahedra';

export interface DensityOfStates {
  energiesHartree: number[];
  /** Both spins together, states per Ha and cell. */
  statesPerHartree: number[];
  /** Number of states below each energy. */
  integratedStates: number[];
}

export interface DensityOfStatesOptions {
  /** [irreducible kpoint][band], Ha. */
  eigenvalues: readonly (readonly number[])[];
  weights: readonly number[];
  stepHartree: number;
  method: { kind: 'gaussian'; widthHartree: number } | { kind: 'tetrahedra'; mesh: TetrahedronMesh };
}

/** Gaussian broadening is g(e) = exp(-(e/w)^2)/(w sqrt(pi)); two electrons a band. The range covers the bands with a margin. */
export function densityOfStates({
  eigenvalues,
  weights,
  stepHartree,
  method,
}: DensityOfStatesOptions): DensityOfStates {
  const margin = method.kind === 'gaussian' ? 5 * method.widthHartree : 5 * stepHartree;
  const lowest = Math.min(...eigenvalues.map((bands) => bands[0]!)) - margin;
  // Above the lowest maximum of the highest band states are missing: the curve ends there.
  const highest = Math.min(...eigenvalues.map((bands) => bands[bands.length - 1]!));
  const first = Math.floor(lowest / stepHartree);
  const count = Math.min(200_000, Math.max(2, Math.ceil(highest / stepHartree) - first + 1));
  const energies = Float64Array.from({ length: count }, (_, i) => (first + i) * stepHartree);
  const density = new Float64Array(count);
  const integrated = new Float64Array(count);
  const bandCount = eigenvalues[0]!.length;
  if (method.kind === 'gaussian') {
    const width = method.widthHartree;
    eigenvalues.forEach((bands, k) => {
      for (const e of bands) {
        for (let i = 0; i < count; i++) {
          const x = (energies[i]! - e) / width;
          if (x < -6) continue;
          density[i]! += x > 6 ? 0 : (2 * weights[k]! * Math.exp(-x * x)) / (width * Math.sqrt(Math.PI));
          integrated[i]! += weights[k]! * erfc(-x);
        }
      }
    });
  } else {
    const corners = cutTetrahedra(method.mesh);
    const weight = 2 / (corners.length / 4);
    for (let t = 0; t < corners.length; t += 4) {
      for (let band = 0; band < bandCount; band++) {
        const values = [0, 1, 2, 3].map((c) => eigenvalues[corners[t + c]!]![band]!);
        addTetrahedron(values, weight, energies, density, integrated);
      }
    }
  }
  return {
    energiesHartree: Array.from(energies),
    statesPerHartree: Array.from(density),
    integratedStates: Array.from(integrated),
  };
}

/** The lowest energy below which there are as many states as electrons, by linear interpolation; the last energy where there are too few. */
export function levelOfFilling({ energiesHartree, integratedStates }: DensityOfStates, electrons: number): number {
  const above = integratedStates.findIndex((states) => states >= electrons - 1e-9 * electrons);
  if (above < 0) return energiesHartree[energiesHartree.length - 1]!;
  if (above === 0) return energiesHartree[0]!;
  const [before, after] = [integratedStates[above - 1]!, integratedStates[above]!];
  const share = Math.min(1, (electrons - before) / (after - before));
  return energiesHartree[above - 1]! + share * (energiesHartree[above]! - energiesHartree[above - 1]!);
}
