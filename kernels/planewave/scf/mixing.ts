import { createAndersonMixer } from '../../core/anderson';
import type { PlaneWaves } from '../basis/plane-waves';

export interface MixingOptions {
  /** Share of the (preconditioned) residual that is added. */
  fraction: number;
  /** Screens long waves by G^2/(G^2 + k0^2): Kerker, Phys. Rev. B 23, 3082 (1981). Null for none. */
  kerkerWaveVector: number | null;
}

/**
 * Mixes densities n_s(G) by spin channel, as one vector of charge and magnetisation: the charge in the metric of the Hartree energy,
 * 4 pi/G^2, the magnetisation in a constant one, 1/pi, which is of the same order for the shortest waves of a crystal.
 */
export function createDensityMixer(
  waves: PlaneWaves,
  { fraction, kerkerWaveVector }: MixingOptions,
): (input: readonly Float64Array[], output: readonly Float64Array[]) => Float64Array[] {
  const metric = waves.squares.map((square) => (square < 1e-12 ? 0 : (4 * Math.PI) / square));
  const damping = waves.squares.map((square) =>
    kerkerWaveVector === null ? fraction : (fraction * square) / (square + kerkerWaveVector ** 2),
  );
  const half = 2 * waves.count;
  const mix = createAndersonMixer({
    product(a, b) {
      let sum = 0;
      for (let g = 0; g < metric.length; g++) {
        sum += metric[g]! * (a[2 * g]! * b[2 * g]! + a[2 * g + 1]! * b[2 * g + 1]!);
      }
      for (let i = half; i < a.length; i++) sum += (a[i]! * b[i]!) / Math.PI;
      return sum;
    },
    precondition(residual) {
      for (let g = 0; g < damping.length; g++) {
        residual[2 * g]! *= damping[g]!;
        residual[2 * g + 1]! *= damping[g]!;
      }
      for (let i = half; i < residual.length; i++) residual[i]! *= fraction;
    },
  });
  return (input, output) => toChannels(mix(toCharge(input), toCharge(output)), input.length);
}

/** Charge, then magnetisation, in one vector; the charge itself without spin. */
function toCharge(channels: readonly Float64Array[]): Float64Array {
  const [up, down] = channels as [Float64Array, Float64Array | undefined];
  if (!down) return up;
  const out = new Float64Array(2 * up.length);
  for (let i = 0; i < up.length; i++) {
    out[i] = up[i]! + down[i]!;
    out[up.length + i] = up[i]! - down[i]!;
  }
  return out;
}

function toChannels(mixed: Float64Array, count: number): Float64Array[] {
  if (count === 1) return [mixed];
  const half = mixed.length / 2;
  const charge = mixed.subarray(0, half);
  const magnetisation = mixed.subarray(half);
  return [charge.map((n, i) => (n + magnetisation[i]!) / 2), charge.map((n, i) => (n - magnetisation[i]!) / 2)];
}
