import type { AngleRange, LineShape, PowderLine } from './schema';

export interface ProfileOptions {
  shape: LineShape;
  /** Full width at half maximum, degrees of 2 theta. */
  widthDegrees: number;
  rangeDegrees: AngleRange;
  /** Of the Lorentzian in a pseudo-Voigt; half by default. */
  lorentzianShare?: number;
}

/** Points in a width, and at most so many in all. */
const POINTS_A_WIDTH = 10;
const POINTS_MAX = 20_000;
/** Widths beyond which a line is not drawn: a Lorentzian is at 1e-4 there. */
const REACH_WIDTHS = 50;

/**
 * The lines as a curve: each is as high at its place as it is strong, however wide it is, and overlapping ones add up. Angles in degrees.
 * Gaussian exp(-4 ln 2 x^2), Lorentzian 1 / (1 + 4 x^2), pseudo-Voigt their sum, x the distance in widths.
 */
export function drawProfile(
  lines: readonly PowderLine[],
  { shape, widthDegrees, rangeDegrees: [from, to], lorentzianShare = 0.5 }: ProfileOptions,
): { twoThetaDegrees: Float64Array; intensities: Float64Array } {
  const count = Math.max(2, Math.min(POINTS_MAX, Math.ceil(((to - from) / widthDegrees) * POINTS_A_WIDTH) + 1));
  const step = (to - from) / (count - 1);
  const twoThetaDegrees = Float64Array.from({ length: count }, (_, i) => from + i * step);
  const intensities = new Float64Array(count);
  const share = { gaussian: 0, lorentzian: 1, 'pseudo-voigt': lorentzianShare }[shape];
  for (const { twoThetaDegrees: place, intensity } of lines) {
    const first = Math.max(0, Math.floor((place - REACH_WIDTHS * widthDegrees - from) / step));
    const last = Math.min(count - 1, Math.ceil((place + REACH_WIDTHS * widthDegrees - from) / step));
    for (let i = first; i <= last; i++)
      intensities[i]! += intensity * heightAt((twoThetaDegrees[i]! - place) / widthDegrees, share);
  }
  return { twoThetaDegrees, intensities };
}

/** The height of a line of height one, so many widths away from its place. */
export function heightAt(widths: number, lorentzianShare: number): number {
  const squared = 4 * widths ** 2;
  return (1 - lorentzianShare) * Math.exp(-Math.LN2 * squared) + lorentzianShare / (1 + squared);
}
