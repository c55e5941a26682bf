import { type Functional, LOCAL_DENSITY_THRESHOLD, polarizedLocalPart } from '../functionals/functional';

/** Adds df/dn_s of the local part to the potentials of spin up and down; returns its energy density summed over the grid. */
export function addPolarizedLocal(
  functional: Functional,
  [up, down]: readonly Float64Array[],
  [upPotential, downPotential]: readonly Float64Array[],
): number {
  let sum = 0;
  for (let i = 0; i < up!.length; i++) {
    const density = up![i]! + down![i]!;
    if (Math.abs(density) <= LOCAL_DENSITY_THRESHOLD) continue;
    const { energy, potentialUp, potentialDown } = polarizedLocalPart(functional, up![i]!, down![i]!);
    sum += energy * density;
    upPotential![i] = potentialUp;
    downPotential![i] = potentialDown;
  }
  return sum;
}

/**
 * Adds df/dn_s of the gradient part to the potentials, and puts df/d(grad n_s) = 2 f_ss grad n_s + 2 f_total grad n in the place of
 * grad n_s; returns the energy density summed over the grid.
 * @param gradients [spin][axis]
 */
export function addPolarizedGradient(
  functional: Functional,
  [up, down]: readonly Float64Array[],
  gradients: Float64Array[][],
  [upPotential, downPotential]: readonly Float64Array[],
): number {
  const [[ux, uy, uz], [dx, dy, dz]] = gradients as [Float64Array[], Float64Array[]];
  let sum = 0;
  for (let i = 0; i < up!.length; i++) {
    const [tx, ty, tz] = [ux![i]! + dx![i]!, uy![i]! + dy![i]!, uz![i]! + dz![i]!];
    const value = functional.polarizedGradient!(
      up![i]!,
      down![i]!,
      ux![i]! ** 2 + uy![i]! ** 2 + uz![i]! ** 2,
      tx * tx + ty * ty + tz * tz,
      dx![i]! ** 2 + dy![i]! ** 2 + dz![i]! ** 2,
    );
    sum += value.energyDensity;
    upPotential![i]! += value.byUp;
    downPotential![i]! += value.byDown;
    const [ofUp, ofDown, ofBoth] = [2 * value.bySigmaUpUp, 2 * value.bySigmaDownDown, 2 * value.bySigmaTotal];
    ux![i] = ofUp * ux![i]! + ofBoth * tx;
    uy![i] = ofUp * uy![i]! + ofBoth * ty;
    uz![i] = ofUp * uz![i]! + ofBoth * tz;
    dx![i] = ofDown * dx![i]! + ofBoth * tx;
    dy![i] = ofDown * dy![i]! + ofBoth * ty;
    dz![i] = ofDown * dz![i]! + ofBoth * tz;
  }
  return sum;
}
