import { matrixTimesColumn } from '../crystal/linear';
import type { Matrix3, Structure, Vector3 } from '../crystal/schema';
import { latticeSymmetries } from './lattice-symmetry';
import { type Reflection, reflections } from './reflections';
import type { AngleRange, PowderLine, ReflectionFamily } from './schema';

export interface PowderOptions {
  wavelengthAngstrom: number;
  /** From 0 to 180; 5 to 90 by default. */
  rangeDegrees?: AngleRange;
  /** Debye and Waller's B = 8 pi^2 <u^2> of all atoms, angstrom^2; 0, atoms at rest, by default. */
  displacementAngstrom2?: number;
}

/** Lines nearer than this are one, degrees of 2 theta. */
const SAME_ANGLE_DEGREES = 1e-4;
/** Weaker lines are left out, of 100; what symmetry extinguishes is at 1e-20. */
const WEAKEST = 1e-3;

/**
 * The powder pattern of a crystal for unpolarised X-rays: at each Bragg angle, lambda = 2 d sin(theta), the sum over all reflections of
 *   |F|^2 (1 + cos^2 2 theta) / (sin^2 theta cos theta)
 * (Warren, X-ray Diffraction, 1969, chapter 4), the strongest line scaled to 100. Multiplicities come of the sum over the reciprocal lattice;
 * neither symmetry nor the choice of cell goes into angles and intensities. Throws what `reflections` throws.
 */
export function powderPattern(structure: Structure, options: PowderOptions): PowderLine[] {
  const { wavelengthAngstrom, rangeDegrees = [5, 90], displacementAngstrom2 = 0 } = options;
  const [from, to] = rangeDegrees;
  const reach = (2 * Math.sin(radians(Math.min(to, 179.9)) / 2)) / wavelengthAngstrom;
  const least = (2 * Math.sin(radians(Math.max(from, 0)) / 2)) / wavelengthAngstrom;
  const found = reflections(structure, reach, displacementAngstrom2)
    .filter(({ inverseSpacingSquared }) => inverseSpacingSquared >= least ** 2)
    .map((reflection) => placed(reflection, wavelengthAngstrom))
    .sort((a, b) => a.twoThetaDegrees - b.twoThetaDegrees);
  const lines = gather(found);
  const strongest = lines.reduce((most, { intensity }) => Math.max(most, intensity), 0);
  const symmetries = latticeSymmetries(structure.cellAngstrom!);
  return lines
    .filter(({ intensity }) => intensity > (WEAKEST / 100) * strongest)
    .map(({ intensity, members }) => ({
      twoThetaDegrees: weightedAngle(members),
      spacingAngstrom: wavelengthAngstrom / (2 * Math.sin(radians(weightedAngle(members)) / 2)),
      intensity: (100 * intensity) / strongest,
      families: familiesOf(members, symmetries),
    }));
}

interface Placed extends Reflection {
  twoThetaDegrees: number;
  /** Of hkl and its opposite together. */
  intensity: number;
}

interface Gathered {
  intensity: number;
  members: Placed[];
}

function placed(reflection: Reflection, wavelengthAngstrom: number): Placed {
  const sine = Math.min(1, (wavelengthAngstrom * Math.sqrt(reflection.inverseSpacingSquared)) / 2);
  const theta = Math.asin(sine);
  return {
    ...reflection,
    twoThetaDegrees: (2 * theta * 180) / Math.PI,
    intensity: 2 * reflection.strength * lorentzPolarisation(theta),
  };
}

/** (1 + cos^2 2 theta) / (sin^2 theta cos theta), without a monochromator; theta in radians. */
export const lorentzPolarisation = (theta: number) =>
  (1 + Math.cos(2 * theta) ** 2) / (Math.sin(theta) ** 2 * Math.cos(theta));

function gather(found: readonly Placed[]): Gathered[] {
  const lines: Gathered[] = [];
  for (const reflection of found) {
    const line = lines.at(-1);
    if (line && reflection.twoThetaDegrees - line.members[0]!.twoThetaDegrees < SAME_ANGLE_DEGREES) {
      line.members.push(reflection);
      line.intensity += reflection.intensity;
    } else lines.push({ intensity: reflection.intensity, members: [reflection] });
  }
  return lines;
}

function weightedAngle(members: readonly Placed[]): number {
  const total = members.reduce((sum, { intensity }) => sum + intensity, 0);
  return members.reduce((sum, { twoThetaDegrees, intensity }) => sum + (twoThetaDegrees * intensity) / total, 0);
}

/** The members by what carries them into each other and by strength, each class under the name of its first; extinguished ones are left out. */
function familiesOf(members: readonly Placed[], symmetries: readonly Matrix3[]): ReflectionFamily[] {
  const strongest = members.reduce((most, { strength }) => Math.max(most, strength), 0);
  const families = new Map<string, ReflectionFamily & { strength: number }>();
  for (const { hkl, strength } of members) {
    if (strength < 1e-6 * strongest) continue;
    const name = familyName(hkl, symmetries);
    const key = `${name} ${(strength / strongest).toFixed(4)}`;
    const family = families.get(key) ?? { hkl: name, multiplicity: 0, strength };
    family.multiplicity += 2;
    families.set(key, family);
  }
  return [...families.values()]
    .sort((a, b) => b.strength * b.multiplicity - a.strength * a.multiplicity)
    .map(({ hkl, multiplicity }) => ({ hkl, multiplicity }));
}

/** Of all equivalent indices those with the fewest minus signs, then the largest h, k and l. */
function familyName(hkl: Vector3, symmetries: readonly Matrix3[]): Vector3 {
  let best = hkl;
  for (const symmetry of symmetries) {
    const image = matrixTimesColumn(symmetry, hkl);
    for (const candidate of [image, image.map((x) => -x) as Vector3]) if (isBefore(candidate, best)) best = candidate;
  }
  return best.map((x) => x + 0) as Vector3;
}

function isBefore(a: Vector3, b: Vector3): boolean {
  const [minusA, minusB] = [a, b].map((v) => v.filter((x) => x < 0).length) as [number, number];
  if (minusA !== minusB) return minusA < minusB;
  const differing = a.findIndex((x, i) => x !== b[i]);
  return differing >= 0 && a[differing]! > b[differing]!;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
