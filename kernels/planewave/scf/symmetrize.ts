import type { GridOperation } from '../basis/fft-grid';
import type { PlaneWaves } from '../basis/plane-waves';

/** Averages a density over symmetry operations. */
export type Symmetrizer = (density: Float64Array) => Float64Array;

/**
 * n_s(x) = 1/N sum_ops n(W x + w) in reciprocal space: n_s(W^T m) += n(m) exp(2 pi i m.w)/N, with the operations that
 * were used to reduce the k-points, no more and no less.
 */
export function createSymmetrizer(waves: PlaneWaves, operations: readonly GridOperation[]): Symmetrizer {
  if (operations.length <= 1) return (density) => density;
  const place = new Map<string, number>();
  for (let g = 0; g < waves.count; g++) place.set(keyOf(waves.triples, g), g);
  const maps = operations.map(({ rotation, translation }) => {
    const to = new Int32Array(waves.count);
    const phase = new Float64Array(2 * waves.count);
    for (let g = 0; g < waves.count; g++) {
      const m = [waves.triples[3 * g]!, waves.triples[3 * g + 1]!, waves.triples[3 * g + 2]!];
      const rotated = [0, 1, 2].map(
        (j) => m[0]! * rotation[0]![j]! + m[1]! * rotation[1]![j]! + m[2]! * rotation[2]![j]!,
      );
      to[g] = place.get(rotated.join()) ?? -1;
      const angle = 2 * Math.PI * (m[0]! * translation[0]! + m[1]! * translation[1]! + m[2]! * translation[2]!);
      phase[2 * g] = Math.cos(angle) / operations.length;
      phase[2 * g + 1] = Math.sin(angle) / operations.length;
    }
    return { to, phase };
  });
  return (density) => {
    const out = new Float64Array(density.length);
    for (const { to, phase } of maps) {
      for (let g = 0; g < waves.count; g++) {
        const at = 2 * to[g]!;
        if (at < 0) continue;
        const re = density[2 * g]!;
        const im = density[2 * g + 1]!;
        out[at]! += re * phase[2 * g]! - im * phase[2 * g + 1]!;
        out[at + 1]! += re * phase[2 * g + 1]! + im * phase[2 * g]!;
      }
    }
    return out;
  };
}

function keyOf(triples: Int32Array, g: number): string {
  return `${triples[3 * g]},${triples[3 * g + 1]},${triples[3 * g + 2]}`;
}
