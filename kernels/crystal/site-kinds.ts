import type { Site } from './schema';

/** A number for every distinct kind of site, and one site of each kind. */
export function siteKinds(sites: readonly Site[]): { kinds: number[]; prototypes: Site[] } {
  const numbers = new Map<string, number>();
  const prototypes: Site[] = [];
  const kinds = sites.map((site) => {
    const { species, momentBohrMagneton = 0, chargeE = 0, massU = null } = site;
    const key = JSON.stringify([species, momentBohrMagneton, chargeE, massU]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    prototypes.push(site);
    numbers.set(key, prototypes.length - 1);
    return prototypes.length - 1;
  });
  return { kinds, prototypes };
}
