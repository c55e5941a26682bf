import type { Coulomb } from './coulomb';
import { addToDiagonal, addToTensor, type Tensor, zeroTensor } from './tensor';

/** V_H(G) = v(G) n(G), zero at G = 0 where the cell is repeated; interleaved, Ha. */
export function hartreePotential({ kernel }: Coulomb, density: Float64Array): Float64Array {
  const potential = new Float64Array(density.length);
  for (let g = 0; g < kernel.length; g++) {
    potential[2 * g] = kernel[g]! * density[2 * g]!;
    potential[2 * g + 1] = kernel[g]! * density[2 * g + 1]!;
  }
  return potential;
}

/** E_H = volume/2 sum v(G) |n(G)|^2, Ha. Of a difference of densities it measures how far the cycle is from its end. */
export function hartreeEnergy({ kernel }: Coulomb, density: Float64Array, volume: number): number {
  let sum = 0;
  for (let g = 0; g < kernel.length; g++) {
    const re = density[2 * g]!;
    const im = density[2 * g + 1]!;
    sum += kernel[g]! * (re * re + im * im);
  }
  return 0.5 * volume * sum;
}

/** dE_H/dstrain = -delta_ab E_H + volume/2 sum |n(G)|^2 dv/dstrain_ab, Ha. */
export function hartreeStrain(coulomb: Coulomb, density: Float64Array, volume: number): Tensor {
  const strain = zeroTensor();
  for (let g = 0; g < coulomb.kernel.length; g++) {
    const weight = 0.5 * volume * (density[2 * g]! ** 2 + density[2 * g + 1]! ** 2) * coulomb.strainSlope[g]!;
    if (weight !== 0) addToTensor(strain, coulomb.strainedPart(g), weight);
  }
  addToDiagonal(strain, -hartreeEnergy(coulomb, density, volume));
  return strain;
}
