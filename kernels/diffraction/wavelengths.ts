import type { Anode } from './schema';

/**
 * K-alpha 1 and 2 in angstrom, as measured: Deslattes et al., Rev. Mod. Phys. 75, 35 (2003) and its database (NIST SRD 128); those of Cr to Cu
 * are Hoelzer et al., Phys. Rev. A 56, 4554 (1997).
 */
const doubletsAngstrom: Record<Anode, readonly [alpha1: number, alpha2: number]> = {
  Cu: [1.5405929, 1.5444274],
  Mo: [0.70931715, 0.713607],
  Cr: [2.289726, 2.293651],
  Fe: [1.936041, 1.939973],
  Co: [1.788996, 1.792835],
  Ag: [0.55942178, 0.5638131],
};

/** The mean of K-alpha 1 and 2, weighted by the two to one of their intensities, in angstrom. */
export function kAlphaAngstrom(anode: Anode): number {
  const [alpha1, alpha2] = doubletsAngstrom[anode];
  return (2 * alpha1 + alpha2) / 3;
}
