import { erfc } from '../../core/special-functions';
import { addTetrahedron, cutTetrahedra, type TetrahedronMesh } from './tetrahedra';

export interface DensityOfStates {
  energiesHartree: number[];
  /** [spin][energy], states per Ha and cell; without spin both together. */
  statesPerHartree: number[][];
  /** [spin][energy], number of states below each energy. */
  integratedStates: number[][];
}

export interface DensityOfStatesOptions {
  /** [spin][irreducible kpoint][band], Ha; one spin stands for both. */
  eigenvalues: readonly (readonly (readonly number[])[])[];
  weights: readonly number[];
  stepHartree: number;
  method: { kind: 'gaussian'; widthHartree: number } | { kind: 'tetrahedra'; mesh: TetrahedronMesh };
}

/** Gaussian broadening is g(e) = exp(-(e/w)^2)/(w sqrt(pi)). The range covers the bands with a margin. */
export function densityOfStates({
  eigenvalues,
  weights,
  stepHartree,
  method,
}: DensityOfStatesOptions): DensityOfStates {
  const all = eigenvalues.flat();
  const margin = method.kind === 'gaussian' ? 5 * method.widthHartree : 5 * stepHartree;
  const lowest = Math.min(...all.map((bands) => bands[0]!)) - margin;
  // Above the lowest maximum of the highest band states are missing: the curve ends there.
  const highest = Math.min(...all.map((bands) => bands[bands.length - 1]!));
  const first = Math.floor(lowest / stepHartree);
  const count = Math.min(200_000, Math.max(2, Math.ceil(highest / stepHartree) - first + 1));
  const energies = Float64Array.from({ length: count }, (_, i) => (first + i) * stepHartree);
  const curves = eigenvalues.map((spin) => curveOf(spin, 2 / eigenvalues.length, energies, weights, method));
  return {
    energiesHartree: Array.from(energies),
    statesPerHartree: curves.map(({ density }) => Array.from(density)),
    integratedStates: curves.map(({ integrated }) => Array.from(integrated)),
  };
}

/** Of one spin channel, `states` electrons a band. */
function curveOf(
  eigenvalues: readonly (readonly number[])[],
  states: number,
  energies: Float64Array,
  weights: readonly number[],
  method: DensityOfStatesOptions['method'],
): { density: Float64Array; integrated: Float64Array } {
  const density = new Float64Array(energies.length);
  const integrated = new Float64Array(energies.length);
  if (method.kind === 'gaussian') {
    const width = method.widthHartree;
    eigenvalues.forEach((bands, k) => {
      for (const e of bands) {
        for (let i = 0; i < energies.length; i++) {
          const x = (energies[i]! - e) / width;
          if (x < -6) continue;
          density[i]! += x > 6 ? 0 : (states * weights[k]! * Math.exp(-x * x)) / (width * Math.sqrt(Math.PI));
          integrated[i]! += 0.5 * states * weights[k]! * erfc(-x);
        }
      }
    });
    return { density, integrated };
  }
  const corners = cutTetrahedra(method.mesh);
  const weight = states / (corners.length / 4);
  const bandCount = eigenvalues[0]!.length;
  for (let t = 0; t < corners.length; t += 4) {
    for (let band = 0; band < bandCount; band++) {
      const values = [0, 1, 2, 3].map((c) => eigenvalues[corners[t + c]!]![band]!);
      addTetrahedron(values, weight, energies, density, integrated);
    }
  }
  return { density, integrated };
}

/** The lowest energy below which there are as many states as electrons, by linear interpolation; the last energy where there are too few. */
export function levelOfFilling(dos: DensityOfStates, electrons: number): number {
  const { energiesHartree } = dos;
  const integratedStates = energiesHartree.map((_, i) => dos.integratedStates.reduce((sum, spin) => sum + spin[i]!, 0));
  const above = integratedStates.findIndex((states) => states >= electrons - 1e-9 * electrons);
  if (above < 0) return energiesHartree[energiesHartree.length - 1]!;
  if (above === 0) return energiesHartree[0]!;
  const [before, after] = [integratedStates[above - 1]!, integratedStates[above]!];
  const share = Math.min(1, (electrons - before) / (after - before));
  return energiesHartree[above - 1]! + share * (energiesHartree[above]! - energiesHartree[above - 1]!);
}
