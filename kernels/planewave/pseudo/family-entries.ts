import type { Functional } from '../functionals/functional';
import type { GthParameters } from './gth';
import { gthFamily } from './gth-family.data';

/** Every entry of one element in the family of a functional. */
export function familyEntries(element: string, family: Functional['family']): GthParameters[] {
  return gthFamily
    .filter(([symbol, name]) => symbol === element && name.startsWith(`GTH-${family}-`))
    .map(([symbol, name, electronsByL, localRadius, localCoefficients, channels]): GthParameters => {
      const valence = electronsByL.reduce((sum, n) => sum + n, 0);
      return {
        element: symbol,
        name,
        valence,
        electronsByL: [...electronsByL],
        localRadius,
        localCoefficients: [...localCoefficients],
        channels: channels.map(([radius, ...upper]) => ({ radius: radius!, upper })),
      };
    });
}
