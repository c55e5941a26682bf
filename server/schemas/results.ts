import { z } from 'zod';
import { volumeQuantities } from '@/kernels/planewave/schema';
import { vectorSchema } from './common';
import { dispersions } from './settings';

const nullableNumber = z.number().nullable();

/** A band edge: its energy, its band (0 is the lowest) and where. */
export const bandEdgeSchema = z.object({
  energyEv: z.number(),
  band: z.number().int(),
  fractional: vectorSchema,
  label: z.string().nullable(),
});

/** Over mesh and path together. */
export const gapSchema = z.object({
  gapEv: z.number(),
  kind: z.enum(['direct', 'indirect', 'metal']),
  directEv: nullableNumber,
  valence: bandEdgeSchema.nullable(),
  conduction: bandEdgeSchema.nullable(),
});

/** What every self-consistent calculation gives, of any engine. */
export const scfResultSchema = z.object({
  converged: z.boolean(),
  energyEv: nullableNumber,
  energyEvPerAtom: nullableNumber,
  energyZeroWidthEv: nullableNumber,
  termsEv: z.record(z.string(), z.number()).nullable(),
  fermiEv: z.number(),
  electrons: z.number(),
  gap: gapSchema,
  iterations: z.array(
    z.object({
      iteration: z.number(),
      energyEv: z.number(),
      /** As the kernel reports it, the same number as in the progress events. */
      residual: z.number(),
      seconds: z.number(),
    }),
  ),
  used: z.object({
    cutoffHartree: z.number(),
    fftGrid: z.tuple([z.number(), z.number(), z.number()]),
    planeWaves: z.number(),
    bands: z.number(),
    irreducibleKpoints: z.number(),
    symmetryOperations: z.number(),
    spaceGroupNumber: nullableNumber,
    pseudopotentials: z.record(z.string(), z.string()),
    backend: z.string(),
    threads: z.number(),
  }),
  notes: z.array(z.string()),
  timings: z.record(z.string(), z.number()),
  /** Name and build of the program. */
  program: z.object({ name: z.string(), version: z.string() }),
  /** On every site, [site][axis]; the mean is removed. */
  forcesEvPerAngstrom: z.array(vectorSchema).optional(),
  /** The mean that was removed: a measure of the real-space grid. */
  netForceEvPerAngstrom: vectorSchema.optional(),
  /** Positive under tension; the pressure is minus a third of its trace. */
  stressGpa: z.tuple([vectorSchema, vectorSchema, vectorSchema]).optional(),
  pressureGpa: z.number().optional(),
  /** Bohr magnetons in the cell: up minus down, and the integral of its absolute value. */
  totalMagnetisation: z.number().optional(),
  absoluteMagnetisation: z.number().optional(),
  /** Of spin up and down where the total magnetisation was fixed. */
  fermiSpinEv: z.tuple([z.number(), z.number()]).optional(),
  sites: z.array(z.object({ charge: z.number(), momentBohrMagneton: z.number() })).optional(),
  /** How space was shared among the sites. */
  siteMethod: z.enum(['hirshfeld', 'loewdin', 'integrated-spheres']).optional(),
});

export const relaxResultSchema = z.object({
  converged: z.boolean(),
  /** Every geometry, the first one included. */
  trajectory: z.array(
    z.object({
      step: z.number().int(),
      /** Counts the runs with fresh plane waves from 0. */
      run: z.number().int(),
      energyEv: z.number(),
      largestForceEvPerAngstrom: z.number(),
      pressureGpa: nullableNumber,
      cellAngstrom: z.tuple([vectorSchema, vectorSchema, vectorSchema]),
      fractional: z.array(vectorSchema),
    }),
  ),
  /** Of the last geometry. */
  scf: scfResultSchema,
  spaceGroup: z.object({ before: nullableNumber, after: nullableNumber }),
});

/** An atomic orbital: m counts from 0 in the order of the real harmonics (s; p: y z x; d: xy yz z2 xz x2-y2; f likewise). */
export const orbitalSchema = z.object({
  site: z.number().int(),
  element: z.string(),
  n: z.number().int(),
  l: z.number().int(),
  m: z.number().int(),
});

export const effectiveMassSchema = z.object({
  edge: z.enum(['valence', 'conduction']),
  spin: z.number().int(),
  band: z.number().int(),
  fractional: vectorSchema,
  label: z.string().nullable(),
  direction: vectorSchema,
  towards: z.string().nullable(),
  mass: z.number(),
  rangePerAngstrom: z.number(),
  fitErrorEv: z.number(),
});

export const volumesResultSchema = z.object({
  volumes: z.array(
    z.object({
      quantity: z.enum(volumeQuantities),
      label: z.string(),
      /** Names of the files that the job left. */
      cube: z.string(),
      npy: z.string().nullable(),
      unit: z.string(),
      minimum: z.number(),
      maximum: z.number(),
    }),
  ),
});

export const bandsResultSchema = z.object({
  /** In order along the path; `distance` (1/angstrom, 2 pi included) does not grow across a break. */
  kpoints: z.array(z.object({ fractional: vectorSchema, distance: z.number(), label: z.string().nullable() })),
  /** Ticks of the plot: at breaks two labels share one place (`U|K`). */
  ticks: z.array(z.object({ distance: z.number(), label: z.string() })),
  /** Runs of indices without a break, both ends included: draw each as its own line. */
  segments: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** [spin][kpoint][band] */
  energiesEv: z.array(z.array(z.array(z.number()))),
  fermiEv: z.number(),
  /** The zero of the plot and what it is. */
  zeroEv: z.number(),
  zero: z.enum(['fermi', 'valence-maximum']),
  gap: gapSchema,
  note: z.string().nullable(),
  /** weights[spin][kpoint][band][orbital], between 0 and 1: fat bands. */
  projections: z
    .object({
      orbitals: z.array(orbitalSchema),
      weights: z.array(z.array(z.array(z.array(z.number())))),
    })
    .optional(),
  effectiveMasses: z.array(effectiveMassSchema).optional(),
});

export const dosResultSchema = z.object({
  energiesEv: z.array(z.number()),
  /** [spin][energy], per cell. */
  statesPerEv: z.array(z.array(z.number())),
  integratedStates: z.array(z.array(z.number())),
  fermiEv: z.number(),
  zeroEv: z.number(),
  zero: z.enum(['fermi', 'valence-maximum']),
  method: z.enum(['tetrahedra', 'gaussian']),
  gap: gapSchema,
  projections: z
    .object({
      orbitals: z.array(orbitalSchema),
      /** [spin][orbital][energy] */
      statesPerEv: z.array(z.array(z.array(z.number()))),
      /** Share of the occupied states outside the atomic orbitals. */
      spilling: z.number(),
      /** Loewdin charges, [spin][site]. */
      charges: z.array(z.array(z.number())),
    })
    .optional(),
});

/** Energies at several volumes of one structure, and the curve through them. */
export const eosResultSchema = z.object({
  /** In the cell: volumes and energies are those of all of them. */
  atoms: z.number().int(),
  /** In order of the volume. */
  points: z.array(
    z.object({
      volumeAngstrom3: z.number(),
      /** At zero width of the smearing. */
      energyEv: nullableNumber,
      /** From the stress. */
      pressureGpa: nullableNumber,
      converged: z.boolean(),
    }),
  ),
  /** Of third order, of Birch and Murnaghan. Null where the energies have no minimum. */
  fit: z
    .object({
      volumeAngstrom3: z.number(),
      energyEv: z.number(),
      bulkModulusGpa: z.number(),
      bulkModulusDerivative: z.number(),
      /** Root of the mean square of what the curve leaves of the energies. */
      residualEv: z.number(),
    })
    .nullable(),
  /** What is doubtful of the curve, or why there is none. */
  note: z.string().nullable(),
});

/** What it takes to pull a layered crystal apart. */
export const exfoliationResultSchema = z.object({
  /** In the cell of the crystal. */
  atoms: z.number().int(),
  /** At zero width of the smearing, as are those of the layers. */
  crystalEnergyEv: nullableNumber,
  /** Each kind once, as it is alone. */
  layers: z.array(
    z.object({
      formula: z.string(),
      atoms: z.number().int(),
      /** Of the crystal's cell. */
      copies: z.number().int(),
      areaAngstrom2: z.number(),
      energyEv: nullableNumber,
      converged: z.boolean(),
    }),
  ),
  /** Of all layers of the crystal's cell, one face each. */
  areaAngstrom2: z.number(),
  energyMevPerAngstrom2: nullableNumber,
  energyMevPerAtom: nullableNumber,
  dispersion: z.enum(dispersions),
  /** In meV/angstrom^2, where they were set for this dispersion. */
  limits: z.object({ easyBelow: z.number(), possibleBelow: z.number() }).nullable(),
  verdict: z.enum(['easily', 'potentially', 'hardly']).nullable(),
  converged: z.boolean(),
});

const moduliSchema = z.object({ bulk: z.number(), shear: z.number(), young: z.number(), poisson: z.number() });

/** Elastic constants, along the cartesian axes of the cell; all in GPa but what has no unit. */
export const elasticResultSchema = z.object({
  /** 6 x 6 in Voigt's notation. */
  stiffnessGpa: z.array(z.array(z.number()).length(6)).length(6),
  /** Root of the mean square of what the constants leave of the stresses, for a strain of 1. */
  residualGpa: z.number(),
  /** Of the crystal without strain. */
  pressureGpa: z.number(),
  converged: z.boolean(),
  /** Null where some strain makes no stress. */
  elasticity: z
    .object({
      voigt: moduliSchema,
      reuss: moduliSchema,
      hill: moduliSchema,
      anisotropy: z.number(),
      eigenvalues: z.array(z.number()),
      isStable: z.boolean(),
    })
    .nullable(),
  sound: z
    .object({
      longitudinalMetrePerSecond: z.number(),
      transverseMetrePerSecond: z.number(),
      debyeKelvin: z.number(),
    })
    .nullable(),
});

export type Gap = z.infer<typeof gapSchema>;
export type BandEdge = z.infer<typeof bandEdgeSchema>;
export type ScfResult = z.infer<typeof scfResultSchema>;
export type BandsResult = z.infer<typeof bandsResultSchema>;
export type DosResult = z.infer<typeof dosResultSchema>;
export type RelaxResult = z.infer<typeof relaxResultSchema>;
export type VolumesResult = z.infer<typeof volumesResultSchema>;
export type ElasticResult = z.infer<typeof elasticResultSchema>;
export type ExfoliationResult = z.infer<typeof exfoliationResultSchema>;
export type EosResult = z.infer<typeof eosResultSchema>;
export type Orbital = z.infer<typeof orbitalSchema>;
export type EffectiveMass = z.infer<typeof effectiveMassSchema>;
