import type { Structure } from '@/kernels/crystal/schema';
import type { Functional, Physics, Protocol } from './settings';

/** A number that the platform derives and a person may override. */
export interface Derived<Value> {
  /** What the calculation uses. */
  value: Value;
  /** What it would use without an override; put back by removing the override. */
  automatic: Value;
  /** Where the automatic value comes from, a phrase: `0.15 1/Å, from balanced`. */
  source: string;
  overridden: boolean;
}

/** A sentence for the person: what and why. `step` says where in the wizard it is mended. */
export interface Notice {
  code: string;
  message: string;
  step: 'structure' | 'properties' | 'resources' | 'review';
  /** The property it concerns; null for the whole. */
  property: string | null;
}

export interface Estimate {
  seconds: number;
  /** The interval in which the time most likely lies. */
  secondsLow: number;
  secondsHigh: number;
  memoryBytes: number;
  /** Share of each job: `scf`, `bands`, `dos`. */
  secondsByTask: Record<string, number>;
}

export interface ResolvedElement {
  element: string;
  /** Entry of the pseudopotential family: `GTH-PBE-q4`. */
  entry: string;
  valenceElectrons: number;
  cutoffHartree: { fast: number; balanced: number; stringent: number };
  /** Of an installed family: its file in the blob store, and what it needs and can. */
  file?: {
    name: string;
    sha256: string;
    densityCutoffHartree: number | null;
    hasSpinOrbit: boolean;
  };
}

export interface PathPoint {
  fractional: [number, number, number];
  label?: string;
}

type Vector = [number, number, number];

/** A property's share of the derived numbers. */
export interface ResolvedProperty {
  /** Validated settings with all defaults filled in. */
  settings: Record<string, unknown>;
  /** What the person would get with `{}`. */
  defaults: Record<string, unknown>;
  /** One line for the review: `60 points along Γ–X–W–K–Γ–L`. */
  summary: string;
  path?: {
    points: PathPoint[];
    /** Runs of indices without a break, both ends included. */
    segments: [number, number][];
    /** `Γ–X–U|K–Γ–L–W–X`. */
    labels: string;
    /** The cell is a supercell, so that bands of the primitive cell appear folded. */
    isFolded: boolean;
    note: string | null;
  };
  mesh?: Derived<[number, number, number]>;
  /** Which of Voigt's six strains are made, and the rotations of the crystal (cartesian) by which they tell the rest. */
  strains?: { indices: number[]; rotations: [Vector, Vector, Vector][] };
  layers?: ResolvedLayer[];
}

/** A kind of single layer that a crystal comes apart into, and the numbers of its own cell. */
export interface ResolvedLayer {
  structure: Structure;
  /** Those of the crystal that its sites are, in their order. */
  sites: number[];
  /** How many of the crystal's cell are the same. */
  copies: number;
  mesh: [number, number, number];
  /** Null where it is left to the program. */
  fftGrid: [number, number, number] | null;
}

/**
 * All that follows from a draft. Where `blockers` is empty it can be submitted. Snapshots from before there were two engines lack
 * the fields of Physics; `physicsSchema.parse` fills them in.
 */
export interface Resolved extends Physics {
  label: string;
  automaticLabel: string;
  protocol: Protocol;
  functional: Functional;
  structureId: string | null;
  formula: string | null;
  cutoffHartree: Derived<number> | null;
  mesh: Derived<[number, number, number]> | null;
  shift: Derived<[number, number, number]> | null;
  scheme: Derived<'fixed' | 'gaussian' | 'methfessel-paxton' | 'cold' | 'fermi-dirac'>;
  /** Null with fixed occupations. */
  widthHartree: Derived<number> | null;
  gridScale: Derived<number>;
  /** The real-space grid: exchange and correlation depend on it, so both engines take the same. Null where it is left to the program. */
  fftGrid: Derived<[number, number, number]> | null;
  energyToleranceHartreePerAtom: Derived<number>;
  maxIterations: Derived<number>;
  /** false: identity and time reversal only. */
  symmetry: boolean;
  kpointCount: { full: number; irreducible: number } | null;
  electrons: number | null;
  planeWaves: number | null;
  /** Bands at each k-point where no number is given: the larger of 1.2 times the occupied and 4 more. */
  bandCount: number | null;
  elements: ResolvedElement[];
  properties: Record<string, ResolvedProperty>;
  cores: Derived<number>;
  computer: { id: string; name: string; cores: number; memoryBytes: number } | null;
  estimate: Estimate | null;
  /** For the report: what was chosen by rule, as sentences. */
  notes: string[];
  warnings: Notice[];
  blockers: Notice[];
}
