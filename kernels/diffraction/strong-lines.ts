import type { Structure } from '../crystal/schema';
import { lorentzPolarisation } from './powder-pattern';
import { reflections } from './reflections';
import type { AngleRange } from './schema';
import { kAlphaAngstrom } from './wavelengths';

/** Spacings are looked at down to this, angstrom: 2 theta of 90 degrees with copper. */
export const SHORTEST_SPACING_ANGSTROM = 1.09;
const LINES_MAX = 64;
/** Lines of nearer spacings, relative, are one. */
const SAME_SPACING = 1e-5;

/** A crystal's lines without any wavelength: ln of the spacing in angstrom, ascending, and the sum of |F|^2 over its reflections. */
export interface StrongLines {
  logSpacings: Float32Array;
  strengths: Float32Array;
}

/** The 64 strongest lines of a crystal with copper radiation. Throws what `reflections` throws. */
export function strongLines(structure: Structure): StrongLines {
  const sorted = reflections(structure, 1 / SHORTEST_SPACING_ANGSTROM)
    .map(({ inverseSpacingSquared, strength }) => ({ log: -Math.log(inverseSpacingSquared) / 2, strength }))
    .sort((a, b) => a.log - b.log);
  const lines: typeof sorted = [];
  for (const line of sorted) {
    const last = lines.at(-1);
    if (last && line.log - last.log < SAME_SPACING) last.strength += line.strength;
    else lines.push({ ...line });
  }
  const ranked = lines
    .map((line) => ({ ...line, intensity: line.strength * factorAt(line.log, kAlphaAngstrom('Cu')) }))
    .sort((a, b) => b.intensity - a.intensity);
  const strongest = ranked[0]?.strength ?? 1;
  const kept = ranked
    .slice(0, LINES_MAX)
    .filter(({ intensity }) => intensity > 1e-3 * ranked[0]!.intensity)
    .sort((a, b) => a.log - b.log);
  return {
    logSpacings: Float32Array.from(kept, ({ log }) => log),
    strengths: Float32Array.from(kept, ({ strength }) => strength / strongest),
  };
}

/** The lines as `patternScore` compares them: those that a scan of this wavelength and range could have seen. */
export function visibleLines(
  { logSpacings, strengths }: StrongLines,
  { wavelengthAngstrom, rangeDegrees: [from, to] }: { wavelengthAngstrom: number; rangeDegrees: AngleRange },
): { logSpacings: number[]; weights: number[] } {
  const logAt = (degrees: number) => Math.log(wavelengthAngstrom / (2 * Math.sin((degrees * Math.PI) / 360)));
  const [longest, shortest] = [logAt(from), logAt(to)];
  const seen = Array.from(logSpacings.keys()).filter((i) => logSpacings[i]! >= shortest && logSpacings[i]! <= longest);
  return {
    logSpacings: seen.map((i) => logSpacings[i]!),
    weights: seen.map((i) => Math.sqrt(strengths[i]! * factorAt(logSpacings[i]!, wavelengthAngstrom))),
  };
}

/** Lorentz and polarisation factor at a spacing; lines that the wavelength does not reach count nothing. */
function factorAt(logSpacing: number, wavelengthAngstrom: number): number {
  const sine = wavelengthAngstrom / (2 * Math.exp(logSpacing));
  return sine < 0.9999 ? lorentzPolarisation(Math.asin(sine)) : 0;
}
