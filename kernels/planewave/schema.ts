import { z } from 'zod';
import { structureInputSchema } from '../crystal/schema';

const vector = z.tuple([z.number(), z.number(), z.number()]);
const positiveInteger = z.number().int().positive();
/** Numbers in place, or the name of a `.npy` file beside the JSON when there are more than 1,000. */
const arrayReference = z.object({ npy: z.string() });

export const functionals = ['lda-pz', 'lda-pw92', 'pbe', 'pbesol'] as const;
export const occupationSchemes = ['fixed', 'gaussian', 'methfessel-paxton', 'cold', 'fermi-dirac'] as const;
export const backends = ['wasm', 'npm', 'system'] as const;

/** A k-point in units of the reciprocal lattice vectors; far from the origin the phases of its plane waves lose digits. */
export const kpointSchema = z.object({
  fractional: vector.refine((k) => k.every((x) => Math.abs(x) <= 100), 'a k-point lies within 100 reciprocal vectors'),
  weight: z.number().min(0).optional(),
  label: z.string().max(32).optional(),
});

/** k_i = (n_i + shift_i)/N_i, the shift in mesh steps; or an explicit list with weights. */
export const kpointsSchema = z.union([
  z.object({ mesh: z.tuple([positiveInteger, positiveInteger, positiveInteger]), shift: vector.default([0, 0, 0]) }),
  z.object({ list: z.array(kpointSchema.extend({ weight: z.number().positive() })).min(1) }),
]);

export const planewaveInputSchema = z.object({
  task: z.enum(['scf', 'bands', 'dos']),
  structure: structureInputSchema,
  functional: z.enum(functionals).default('pbe'),
  /** Kinetic-energy cutoff of the orbitals, Ha; by default the largest `balanced` cutoff of the elements. */
  cutoffHartree: z.number().positive().optional(),
  kpoints: kpointsSchema,
  occupations: z
    .object({ scheme: z.enum(occupationSchemes), widthHartree: z.number().positive().optional() })
    .refine((o) => o.scheme === 'fixed' || o.widthHartree !== undefined, 'a smearing scheme needs widthHartree')
    .default({ scheme: 'fixed' }),
  spin: z.object({ kind: z.enum(['none', 'collinear']) }).default({ kind: 'none' }),
  /** Total charge of the cell in units of e; a compensating background is added. */
  charge: z.number().default(0),
  /** false: identity and time reversal only. */
  symmetry: z.boolean().default(true),
  /** false: the full mesh, k and -k both. */
  timeReversal: z.boolean().default(true),
  /** Per element; an element that is absent takes its entry of the built-in family. */
  pseudopotentials: z.record(z.string(), z.object({ format: z.literal('abinit-gth'), text: z.string() })).optional(),
  /** Entry of the built-in family per element, for instance {"Ga": "GTH-PBE-q13"}. */
  pseudopotentialEntries: z.record(z.string(), z.string()).optional(),
  fftGrid: z.tuple([positiveInteger, positiveInteger, positiveInteger]).optional(),
  /** Multiplies the smallest real-space grid; gradient functionals want more than 1. */
  gridScale: z.number().min(1).max(4).default(1),
  bands: z
    .object({
      /** The points of the path, in order (task `bands`). */
      kpoints: z.array(kpointSchema).optional(),
      /** Number of bands; by default the larger of 1.2 times the occupied and 4 more. A density of states takes more by itself. */
      count: positiveInteger.optional(),
    })
    .default({}),
  dos: z
    .object({
      /** The mesh of the density of states (task `dos`); by default that of the scf. */
      mesh: z.tuple([positiveInteger, positiveInteger, positiveInteger]).optional(),
      method: z.enum(['tetrahedra', 'gaussian']).default('tetrahedra'),
      widthHartree: z.number().positive().default(0.00367),
      stepHartree: z.number().positive().default(0.000367),
    })
    .prefault({}),
  scf: z
    .object({
      /**
       * Estimated error of the total energy at which the cycle ends, Ha per atom. Terms and eigenvalues have errors of its root, which long
       * waves of charge magnify: at 1e-13 those of a metal in a cell of 16 angstrom were 3e-5 Ha, at 2e-14 they are 1e-6 Ha.
       */
      energyToleranceHartreePerAtom: z.number().positive().default(2e-14),
      maxIterations: positiveInteger.default(80),
      mixing: z.enum(['auto', 'simple', 'kerker']).default('auto'),
      mixingFraction: z.number().positive().max(1).default(0.7),
    })
    .prefault({}),
  /** A converged density (and orbitals) of an earlier run, by the name of its folder. */
  start: z.object({ from: z.string() }).optional(),
  save: z
    .object({ to: z.string(), density: z.boolean().default(true), wavefunctions: z.boolean().default(false) })
    .optional(),
  /** Added to the local potential of the electrons, Ha, on the real-space grid. */
  externalPotential: arrayReference.optional(),
  backend: z.enum(backends).optional(),
  /** Threads over which the k-points are shared. */
  threads: positiveInteger.max(256).optional(),
});

export type PlanewaveInput = z.input<typeof planewaveInputSchema>;
export type ResolvedPlanewaveInput = z.output<typeof planewaveInputSchema>;

const edgeSchema = z.object({
  energyHartree: z.number(),
  band: z.number().int(),
  fractional: vector,
  label: z.string().nullable(),
});

export const planewaveOutputSchema = z.object({
  version: z.string(),
  task: z.enum(['scf', 'bands', 'dos']),
  converged: z.boolean(),
  /** The free energy (with -TS of the smearing): the sum of the terms. Null where no scf was run (start from a saved density). */
  energyHartree: z.number().nullable(),
  /** Extrapolated to zero smearing width. */
  energyZeroWidthHartree: z.number().nullable(),
  termsHartree: z
    .object({
      oneElectron: z.number(),
      hartree: z.number(),
      exchangeCorrelation: z.number(),
      ewald: z.number(),
      smearing: z.number(),
    })
    .nullable(),
  fermiHartree: z.number(),
  electrons: z.number(),
  /** Eigenvalues of the scf mesh, or of the path for task `bands`, or of the mesh of the density of states. */
  eigenvalues: z.object({
    kpoints: z.array(z.object({ fractional: vector, weight: z.number(), label: z.string().optional() })),
    /** [spin][kpoint][band] */
    valuesHartree: z.array(z.array(z.array(z.number()))),
    /** [spin][kpoint][band], between 0 and 1. Absent for a path. */
    occupations: z.array(z.array(z.array(z.number()))).optional(),
  }),
  /** Over mesh and path together. A metal has gapHartree 0 and null edges. */
  gap: z.object({
    gapHartree: z.number(),
    kind: z.enum(['direct', 'indirect', 'metal']),
    directHartree: z.number().nullable(),
    valence: edgeSchema.nullable(),
    conduction: edgeSchema.nullable(),
  }),
  dos: z
    .object({
      energiesHartree: z.array(z.number()),
      statesPerHartree: z.array(z.array(z.number())),
      integratedStates: z.array(z.array(z.number())),
      /** Where the integral reaches the number of electrons; the other `fermiHartree` is of the self-consistent mesh. Outputs of version 1.0.0 lack it. */
      fermiHartree: z.number().optional(),
    })
    .optional(),
  iterations: z.array(
    z.object({
      iteration: z.number(),
      energyHartree: z.number(),
      residual: z.number(),
      seconds: z.number(),
      hamiltonianApplications: z.number(),
    }),
  ),
  /** What the run really used. */
  resolved: z.object({
    cutoffHartree: z.number(),
    fftGrid: z.tuple([z.number(), z.number(), z.number()]),
    planeWaves: z.number(),
    bands: z.number(),
    irreducibleKpoints: z.number(),
    symmetryOperations: z.number(),
    spaceGroupNumber: z.number().nullable(),
    pseudopotentials: z.record(z.string(), z.string()),
    backend: z.string(),
    threads: z.number(),
  }),
  notes: z.array(z.string()),
  timings: z.record(z.string(), z.number()),
});

export type PlanewaveOutput = z.output<typeof planewaveOutputSchema>;
