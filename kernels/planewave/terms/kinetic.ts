import { erf } from '../../core/special-functions';
import type { PlaneWaves } from '../basis/plane-waves';
import type { KineticSmoothing } from '../system';
import { addToTensor, type Tensor, zeroTensor } from './tensor';

/**
 * T(x) for x = |k+G|^2/2, Ha: x itself, or with smoothing x + A (1 + erf((x - E)/w)), by which waves beyond E are kept out at any
 * volume (Bernasconi et al., J. Phys. Chem. Solids 56, 501 (1995)).
 */
export function kineticEnergies(waves: PlaneWaves, smoothing: KineticSmoothing | null): Float64Array {
  return waves.squares.map((square) => {
    const x = square / 2;
    if (!smoothing) return x;
    const { energyHartree, amplitudeHartree, widthHartree } = smoothing;
    return x + amplitudeHartree * (1 + erf((x - energyHartree) / widthHartree));
  });
}

/** dT/dx. */
function kineticSlope(x: number, smoothing: KineticSmoothing | null): number {
  if (!smoothing) return 1;
  const t = (x - smoothing.energyHartree) / smoothing.widthHartree;
  return 1 + ((2 * smoothing.amplitudeHartree) / (smoothing.widthHartree * Math.sqrt(Math.PI))) * Math.exp(-t * t);
}

/**
 * dE/dstrain_ab = -sum_n w_n sum_G |psi_n(G)|^2 T'(x) q_a q_b, q = k + G, Ha.
 * @param weights electrons of each orbital times the weight of k.
 */
export function kineticStrain(
  waves: PlaneWaves,
  psi: Float64Array,
  weights: Float64Array,
  smoothing: KineticSmoothing | null,
): Tensor {
  const strain = zeroTensor();
  for (let g = 0; g < waves.count; g++) {
    let filling = 0;
    for (let band = 0; band < weights.length; band++) {
      const at = 2 * (band * waves.count + g);
      filling += weights[band]! * (psi[at]! * psi[at]! + psi[at + 1]! * psi[at + 1]!);
    }
    const factor = -filling * kineticSlope(waves.squares[g]! / 2, smoothing);
    const q = [waves.vectors[3 * g]!, waves.vectors[3 * g + 1]!, waves.vectors[3 * g + 2]!] as const;
    addToTensor(strain, q, factor);
  }
  return strain;
}
