import type { PowderLine } from '@/kernels/diffraction/schema';
import { kAlphaAngstrom } from '@/kernels/diffraction/wavelengths';
import { toCsv } from '../format/csv';
import { fixed } from '../format/number';
import { PATTERN_START, type PatternChoice } from './use-pattern-choice';
import { angleText, anodeText, familiesText, hklText, multiplicityOf } from './words';

export const linesCsv = (lines: readonly PowderLine[]) =>
  toCsv(
    ['2theta (degrees)', 'd (angstrom)', 'intensity', 'multiplicity', 'hkl'],
    lines.map((line) => [
      ...[line.twoThetaDegrees, line.spacingAngstrom, line.intensity, multiplicityOf(line)],
      line.families.map(({ hkl }) => hkl.join(' ')).join('; '),
    ]),
  );

export const linesJson = (lines: readonly PowderLine[], { anode, endDegrees, displacementAngstrom2 }: PatternChoice) =>
  `${JSON.stringify(
    {
      ...{ anode, wavelengthAngstrom: kAlphaAngstrom(anode), rangeDegrees: [PATTERN_START, endDegrees] },
      ...{ displacementAngstrom2, lines },
    },
    null,
    1,
  )}\n`;

export const linesHeader = ['hkl', '2θ', 'd (Å)', 'Intensity', 'Multiplicity'];

/** Lines that the table shows; the files have all. */
const WEAKEST_SHOWN = 0.1;
const ROWS_MAX = 300;

export const linesRows = (lines: readonly PowderLine[]): string[][] =>
  lines
    .filter(({ intensity }) => intensity >= WEAKEST_SHOWN)
    .slice(0, ROWS_MAX)
    .map((line) => [
      familiesText(line.families),
      angleText(line.twoThetaDegrees),
      fixed(line.spacingAngstrom, 4),
      fixed(line.intensity, 1),
      String(multiplicityOf(line)),
    ]);

/** The strongest lines in words. */
export function patternText(formula: string, lines: readonly PowderLine[]): string {
  const strongest = lines
    .toSorted((a, b) => b.intensity - a.intensity)
    .slice(0, 5)
    .map(
      ({ families, twoThetaDegrees, intensity }) =>
        `${hklText(families[0]!.hkl)} at ${angleText(twoThetaDegrees, 2)} ${fixed(intensity, 0)}`,
    );
  return `Powder X-ray pattern of ${formula}, ${lines.length} lines; the strongest: ${strongest.join(', ')}. The table below holds all of them.`;
}

export const patternCaption = (formula: string, { anode, displacementAngstrom2 }: PatternChoice) =>
  `Powder X-ray diffraction of ${formula}, computed for ${anodeText(anode)} (mean of Kα1 and Kα2): form factors of free atoms (Waasmaier and Kirfel 1995), Lorentz and polarisation factor, ${
    displacementAngstrom2 > 0 ? `B = ${displacementAngstrom2} Å² for all atoms` : 'atoms at rest'
  }, neither absorption nor anomalous dispersion.`;
