/** x, y, z. */
export type Vector = [number, number, number];

/** A site. With a cell its place is `fractional`, without one `cartesianAngstrom`. */
export interface Site {
  element?: string;
  /** Where several elements share the site. */
  species?: { element: string; concentration: number }[];
  fractional?: number[];
  cartesianAngstrom?: number[];
  label?: string;
  momentBohrMagneton?: number;
  chargeE?: number;
  massU?: number;
}

/** A crystal, slab or molecule as people write it. Cell vectors are the rows of `cellAngstrom`. */
export interface StructureInput {
  cellAngstrom?: number[][] | null;
  periodic?: boolean[];
  sites: Site[];
}

export type ProcessState = 'created' | 'waiting' | 'queued' | 'running' | 'paused' | 'finished' | 'failed' | 'killed';

/** What a calculation is asked for; what is absent the platform derives. */
export interface CalculationChoices {
  /** By id of the property, with its settings; `{}` means its defaults. */
  properties: {
    bands?: Record<string, unknown>;
    dos?: Record<string, unknown>;
    relax?: Record<string, unknown>;
    volumes?: Record<string, unknown>;
    [property: string]: Record<string, unknown> | undefined;
  };
  protocol?: 'fast' | 'balanced' | 'stringent';
  functional?: string;
  electronicType?: 'metal' | 'insulator' | 'unknown';
  overrides?: {
    cutoffHartree?: number;
    mesh?: readonly number[];
    shift?: readonly number[];
    widthHartree?: number;
    [choice: string]: unknown;
  };
  resources?: Record<string, unknown>;
  label?: string;
  /** false: everything is computed anew, even where the same job has been done. */
  useCache?: boolean;
  /** It begins when these calculations have ended well. */
  after?: string[];
  [choice: string]: unknown;
}

/** A band edge: its energy, its band (0 is the lowest) and where. */
export interface BandEdge {
  energyEv: number;
  band: number;
  fractional: Vector;
  label: string | null;
}

export interface Gap {
  gapEv: number;
  kind: 'direct' | 'indirect' | 'metal';
  directEv: number | null;
  valence: BandEdge | null;
  conduction: BandEdge | null;
}

/** What every self-consistent calculation gives. */
export interface GroundState {
  converged: boolean;
  energyEv: number | null;
  energyEvPerAtom: number | null;
  fermiEv: number;
  electrons: number;
  gap: Gap;
  iterations: { iteration: number; energyEv: number; residual: number; seconds: number }[];
  notes: string[];
  forcesEvPerAngstrom?: Vector[];
  stressGpa?: [Vector, Vector, Vector];
  pressureGpa?: number;
  /** Bohr magnetons in the cell. */
  totalMagnetisation?: number;
  sites?: { charge: number; momentBohrMagneton: number }[];
}

export interface BandsData {
  /** In order along the path; `distance` is in 1/angstrom. */
  kpoints: { fractional: Vector; distance: number; label: string | null }[];
  ticks: { distance: number; label: string }[];
  /** Runs of indices without a break, both ends included. */
  segments: [number, number][];
  /** [spin][kpoint][band] */
  energiesEv: number[][][];
  fermiEv: number;
  /** The zero of the plot and what it is. */
  zeroEv: number;
  zero: 'fermi' | 'valence-maximum';
  gap: Gap;
}

export interface DosData {
  energiesEv: number[];
  /** [spin][energy], per cell. */
  statesPerEv: number[][];
  integratedStates: number[][];
  fermiEv: number;
  zeroEv: number;
  zero: 'fermi' | 'valence-maximum';
  method: 'tetrahedra' | 'gaussian';
  gap: Gap;
}

export interface RelaxationData {
  converged: boolean;
  /** Every geometry, the first one included. */
  trajectory: {
    step: number;
    energyEv: number;
    largestForceEvPerAngstrom: number;
    pressureGpa: number | null;
    cellAngstrom: [Vector, Vector, Vector];
    fractional: Vector[];
  }[];
  /** Of the structure that it left. */
  structureId: string | null;
}

export interface Moduli {
  bulk: number;
  shear: number;
  young: number;
  poisson: number;
}

/** In GPa but what has no unit, along the cartesian axes of the cell. */
export interface ElasticData {
  /** 6 x 6 in Voigt's notation. */
  stiffnessGpa: number[][];
  residualGpa: number;
  /** Of the crystal without strain. */
  pressureGpa: number;
  converged: boolean;
  elasticity: {
    voigt: Moduli;
    reuss: Moduli;
    hill: Moduli;
    anisotropy: number;
    eigenvalues: number[];
    isStable: boolean;
  } | null;
  sound: { longitudinalMetrePerSecond: number; transverseMetrePerSecond: number; debyeKelvin: number } | null;
}

/** The energy of single layers less that of the crystal that they make. */
export interface ExfoliationData {
  atoms: number;
  crystalEnergyEv: number | null;
  /** Each kind once, as it is alone. */
  layers: {
    formula: string;
    atoms: number;
    copies: number;
    areaAngstrom2: number;
    energyEv: number | null;
    converged: boolean;
  }[];
  /** Of all layers of the crystal's cell, one face each. */
  areaAngstrom2: number;
  energyMevPerAngstrom2: number | null;
  energyMevPerAtom: number | null;
  dispersion: string;
  /** In meV/angstrom^2, where they were set for this dispersion. */
  limits: { easyBelow: number; possibleBelow: number } | null;
  verdict: 'easily' | 'potentially' | 'hardly' | null;
  converged: boolean;
}

/** Energies and volumes are those of the cell. */
export interface EosData {
  atoms: number;
  points: { volumeAngstrom3: number; energyEv: number | null; pressureGpa: number | null; converged: boolean }[];
  /** Of third order, of Birch and Murnaghan; null where the energies have no minimum. */
  fit: {
    volumeAngstrom3: number;
    energyEv: number;
    bulkModulusGpa: number;
    bulkModulusDerivative: number;
    residualEv: number;
  } | null;
  /** What is doubtful of the curve, or why there is none. */
  note: string | null;
}

/** All that a calculation gave, as the platform tells it. */
export interface ResultsData {
  scf: GroundState | null;
  properties: {
    bands?: BandsData;
    dos?: DosData;
    relax?: RelaxationData;
    volumes?: { volumes: VolumeData[] };
    eos?: EosData;
    elastic?: ElasticData;
    exfoliation?: ExfoliationData;
  };
}

/** A field in space as a file: least and largest value, and where it lies. */
export interface VolumeData {
  quantity: string;
  label: string;
  unit: string;
  minimum: number;
  maximum: number;
  cubeHref: string;
}
