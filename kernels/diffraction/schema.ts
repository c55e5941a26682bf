/** A range of scattering angles in degrees, from and to. */
export type AngleRange = readonly [from: number, to: number];

/** The anodes whose K-alpha lines are offered. */
export const anodes = ['Cu', 'Mo', 'Cr', 'Fe', 'Co', 'Ag'] as const;
export type Anode = (typeof anodes)[number];

export const lineShapes = ['gaussian', 'lorentzian', 'pseudo-voigt'] as const;
export type LineShape = (typeof lineShapes)[number];

/** Reflections that symmetry of the lattice carries into each other and that are equally strong. */
export interface ReflectionFamily {
  hkl: [number, number, number];
  multiplicity: number;
}

/** A line of a powder pattern: all reflections of one spacing. */
export interface PowderLine {
  twoThetaDegrees: number;
  spacingAngstrom: number;
  /** The strongest line of the range has 100. */
  intensity: number;
  families: ReflectionFamily[];
}

/** A scan: how much was counted at which angle. Both of one length, angles rising. */
export interface MeasuredPattern {
  twoThetaDegrees: number[];
  intensities: number[];
}
