import type { Anode, LineShape, PowderLine, ReflectionFamily } from '@/kernels/diffraction/schema';
import { kAlphaAngstrom } from '@/kernels/diffraction/wavelengths';
import { fixed, quantity } from '../format/number';

export const shapeWords = {
  gaussian: 'Gaussian',
  lorentzian: 'Lorentzian',
  'pseudo-voigt': 'Pseudo-Voigt',
} as const satisfies Record<LineShape, string>;

/** "Cu Kα, 1.54187 Å". */
export const anodeText = (anode: Anode) => `${anode} Kα, ${quantity(kAlphaAngstrom(anode), 5, 'Å')}`;

const OVERLINE = '\u0305';

/** "(1 1̅ 0)": negative indices with a bar above, as crystallographers write them. */
export const hklText = (hkl: readonly number[]) =>
  `(${hkl.map((index) => (index < 0 ? [...String(-index)].map((digit) => digit + OVERLINE).join('') : String(index))).join(' ')})`;

const FAMILIES_SHOWN = 4;

/** The families of a line by name: "(3 3 3), (5 1 1)". */
export function familiesText(families: readonly ReflectionFamily[]): string {
  const shown = families.slice(0, FAMILIES_SHOWN).map(({ hkl }) => hklText(hkl));
  const rest = families.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

export const multiplicityOf = ({ families }: PowderLine) =>
  families.reduce((sum, { multiplicity }) => sum + multiplicity, 0);

export const angleText = (degrees: number, decimals = 3) => `${fixed(degrees, decimals)}°`;
