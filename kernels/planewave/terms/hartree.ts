import type { PlaneWaves } from '../basis/plane-waves';
import { addToDiagonal, addToTensor, type Tensor, zeroTensor } from './tensor';

/** V_H(G) = 4 pi n(G)/G^2, zero at G = 0; interleaved, Ha. */
export function hartreePotential(waves: PlaneWaves, density: Float64Array): Float64Array {
  return density.map((value, i) => {
    const square = waves.squares[i >> 1]!;
    return square < 1e-12 ? 0 : (4 * Math.PI * value) / square;
  });
}

/** E_H = volume/2 sum' 4 pi |n(G)|^2/G^2, Ha. Of a difference of densities it measures how far the cycle is from its end. */
export function hartreeEnergy(waves: PlaneWaves, density: Float64Array, volume: number): number {
  let sum = 0;
  for (let g = 0; g < waves.count; g++) {
    const square = waves.squares[g]!;
    if (square > 1e-12) sum += (density[2 * g]! ** 2 + density[2 * g + 1]! ** 2) / square;
  }
  return 2 * Math.PI * volume * sum;
}

/** dE_H/dstrain = -delta_ab E_H + volume sum' 4 pi |n(G)|^2 G_a G_b/G^4, Ha. */
export function hartreeStrain(waves: PlaneWaves, density: Float64Array, volume: number): Tensor {
  const strain = zeroTensor();
  for (let g = 0; g < waves.count; g++) {
    const square = waves.squares[g]!;
    if (square < 1e-12) continue;
    const weight = (4 * Math.PI * volume * (density[2 * g]! ** 2 + density[2 * g + 1]! ** 2)) / square ** 2;
    addToTensor(strain, [waves.vectors[3 * g]!, waves.vectors[3 * g + 1]!, waves.vectors[3 * g + 2]!], weight);
  }
  addToDiagonal(strain, -hartreeEnergy(waves, density, volume));
  return strain;
}
