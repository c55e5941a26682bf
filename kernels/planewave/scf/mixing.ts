import { createAndersonMixer, type FixedPointMixer } from '../../core/anderson';
import type { PlaneWaves } from '../basis/plane-waves';

export interface MixingOptions {
  /** Share of the (preconditioned) residual that is added. */
  fraction: number;
  /** Screens long waves by G^2/(G^2 + k0^2): Kerker, Phys. Rev. B 23, 3082 (1981). Null for none. */
  kerkerWaveVector: number | null;
}

/** Mixes densities n(G), interleaved, in the metric of the Hartree energy, 4 pi/G^2. */
export function createDensityMixer(waves: PlaneWaves, { fraction, kerkerWaveVector }: MixingOptions): FixedPointMixer {
  const metric = waves.squares.map((square) => (square < 1e-12 ? 0 : 1 / square));
  const damping = waves.squares.map((square) =>
    kerkerWaveVector === null ? fraction : (fraction * square) / (square + kerkerWaveVector ** 2),
  );
  return createAndersonMixer({
    product(a, b) {
      let sum = 0;
      for (let g = 0; g < metric.length; g++) {
        sum += metric[g]! * (a[2 * g]! * b[2 * g]! + a[2 * g + 1]! * b[2 * g + 1]!);
      }
      return sum;
    },
    precondition(residual) {
      for (let g = 0; g < damping.length; g++) {
        residual[2 * g]! *= damping[g]!;
        residual[2 * g + 1]! *= damping[g]!;
      }
    },
  });
}
