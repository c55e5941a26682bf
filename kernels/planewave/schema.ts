import { z } from 'zod';
import { structureInputSchema } from '../crystal/schema';
import { boundaryKinds } from './boundary-kinds';

const vector = z.tuple([z.number(), z.number(), z.number()]);
const positiveInteger = z.number().int().positive();
/** Numbers in place, or the name of a `.npy` file beside the JSON when there are more than 1,000. */
const arrayReference = z.object({ npy: z.string() });

export const functionals = ['lda-pz', 'lda-pw92', 'pbe', 'pbesol'] as const;
export const occupationSchemes = ['fixed', 'gaussian', 'methfessel-paxton', 'cold', 'fermi-dirac'] as const;
export const backends = ['wasm', 'npm', 'system'] as const;
export const tasks = ['scf', 'bands', 'dos', 'relax', 'volumes', 'single-shot'] as const;
export const volumeQuantities = ['density', 'spin-density', 'local-potential', 'orbital'] as const;

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

const relaxSchema = z.object({
  /** fixed: atoms only; full: atoms and cell; volume: atoms and the volume, the cell keeping its shape. */
  cell: z.enum(['fixed', 'full', 'volume']).default('fixed'),
  pressureGpa: z.number().default(0),
  /** Sites that keep their place, along all axes or along the cartesian ones marked true. */
  fixed: z
    .array(
      z.object({ site: z.number().int().min(0), axes: z.tuple([z.boolean(), z.boolean(), z.boolean()]).optional() }),
    )
    .default([]),
  /** Cell vectors that keep their length and direction: [false, false, true] for a slab along c. */
  fixedCellAxes: z.tuple([z.boolean(), z.boolean(), z.boolean()]).default([false, false, false]),
  /** The largest component of a force at the end, Ha/bohr. */
  forceToleranceHartreePerBohr: z.number().positive().default(5e-5),
  /** How far the pressure may be from the one asked for, and any component of the stress from it, at the start of a run with fresh plane waves. */
  pressureToleranceGpa: z.number().positive().default(0.05),
  maxSteps: positiveInteger.default(100),
});

export const planewaveInputSchema = z.object({
  task: z.enum(tasks),
  structure: structureInputSchema,
  functional: z.enum(functionals).default('pbe'),
  /** Kinetic-energy cutoff of the orbitals, Ha; by default the largest `balanced` cutoff of the elements. */
  cutoffHartree: z.number().positive().optional(),
  kpoints: kpointsSchema,
  occupations: z
    .object({ scheme: z.enum(occupationSchemes), widthHartree: z.number().positive().optional() })
    .refine((o) => o.scheme === 'fixed' || o.widthHartree !== undefined, 'a smearing scheme needs widthHartree')
    .default({ scheme: 'fixed' }),
  /**
   * Collinear spin starts from the sites' `momentBohrMagneton`. totalMagnetisation (Bohr magnetons, electrons up minus down)
   * fixes the moment of the cell; null lets it go where the energy is lowest.
   */
  spin: z
    .object({ kind: z.enum(['none', 'collinear']), totalMagnetisation: z.number().nullable().default(null) })
    .prefault({ kind: 'none' }),
  /** Ask for forces and stress in task scf; task relax has them always. */
  forces: z.boolean().default(false),
  stress: z.boolean().default(false),
  relax: relaxSchema.prefault({}),
  /** The Coulomb interaction: of the repeated cell, of a slab whose vacuum lies along c, or of a molecule alone. */
  boundaries: z.enum(boundaryKinds).default('periodic'),
  /** Grimme's D3 with Becke-Johnson damping: kernels/dispersion. */
  dispersion: z.enum(['none', 'd3bj']).default('none'),
  /**
   * Keeps the effective cutoff constant while the cell changes: |k+G|^2/2 is raised by amplitude (1 + erf((|k+G|^2/2 - energy)/width))
   * (Bernasconi et al., J. Phys. Chem. Solids 56, 501 (1995); pw.x: ecfixed, qcutz, q2sigma).
   */
  kineticSmoothing: z
    .object({
      energyHartree: z.number().positive(),
      amplitudeHartree: z.number().positive(),
      widthHartree: z.number().positive(),
    })
    .optional(),
  /** Weights of atomic orbitals in every state, in the output's `projections`, and with task dos the density of states of each. */
  projections: z.boolean().default(false),
  /** Fields on the real-space grid as files, Gaussian cube and .npy: of the density of this run, or with task volumes of a saved one. */
  volumes: z
    .object({
      /** Folder of the files. */
      to: z.string(),
      quantities: z
        .array(
          z.object({
            quantity: z.enum(volumeQuantities),
            /** Of an orbital: |psi|^2 with the sign of its real part at Gamma. */
            kpoint: vector.optional(),
            band: z.number().int().min(0).optional(),
            spin: z.enum(['up', 'down']).optional(),
          }),
        )
        .min(1),
    })
    .optional(),
  /** Total charge of the cell in units of e; a compensating background is added. */
  charge: z.number().default(0),
  /** false: identity and time reversal only. */
  symmetry: z.boolean().default(true),
  /** false: the full mesh, k and -k both. */
  timeReversal: z.boolean().default(true),
  /** Per element; an element that is absent takes its entry of the built-in family. */
  pseudopotentials: z
    .record(z.string(), z.object({ format: z.enum(['abinit-gth', 'upf']), text: z.string() }))
    .optional(),
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
      /** Of the band edges of an insulator, along the path's lines through them (task `bands`). */
      effectiveMasses: z.boolean().default(true),
    })
    .prefault({}),
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
  /** Channel: 0 up, 1 down; 0 without spin. */
  spin: z.number().int().default(0),
  fractional: vector,
  label: z.string().nullable(),
});

const trajectoryStepSchema = z.object({
  step: z.number().int(),
  energyHartree: z.number(),
  /** The enthalpy E + pV where a pressure was asked for: what is lowered. */
  enthalpyHartree: z.number(),
  largestForceHartreePerBohr: z.number(),
  /** Null where the stress was not needed. */
  pressureGpa: z.number().nullable(),
  cellAngstrom: z.tuple([vector, vector, vector]),
  /** [site] fractional coordinates. */
  fractional: z.array(vector),
  /** Counts the runs with fresh plane waves from 0. */
  run: z.number().int(),
});

const effectiveMassSchema = z.object({
  edge: z.enum(['valence', 'conduction']),
  spin: z.number().int(),
  band: z.number().int(),
  fractional: vector,
  label: z.string().nullable(),
  /** Cartesian unit vector, and the label of the point towards which it leads. */
  direction: vector,
  towards: z.string().nullable(),
  /** In electron masses; negative where the band bends down. */
  mass: z.number(),
  /** Largest distance from the edge that the fit used, 1/angstrom, and its largest error, eV. */
  rangePerAngstrom: z.number(),
  fitErrorEv: z.number(),
});

export const planewaveOutputSchema = z.object({
  version: z.string(),
  task: z.enum(tasks),
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
      /** Only where there is dispersion. */
      dispersion: z.number().optional(),
    })
    .nullable(),
  fermiHartree: z.number(),
  /** Levels of spin up and down where the total magnetisation was fixed. */
  fermiSpinHartree: z.tuple([z.number(), z.number()]).optional(),
  /** -dE/dR of every site, its mean removed (as pw.x prints it), Ha/bohr. */
  forcesHartreePerBohr: z.array(vector).optional(),
  /** The mean force that was removed: a measure of the real-space grid. */
  netForceHartreePerBohr: vector.optional(),
  /** (1/volume) dE/dstrain: positive under tension, so that the pressure is minus a third of its trace. */
  stressHartreePerBohr3: z.tuple([vector, vector, vector]).optional(),
  /** Electrons up minus down, and the integral of |n_up - n_down|. Only with spin. */
  totalMagnetisation: z.number().optional(),
  absoluteMagnetisation: z.number().optional(),
  /** Valence electrons and moment of every site, by `siteMethod`: Hirshfeld's partition by the neutral atoms. */
  sites: z.array(z.object({ charge: z.number(), momentBohrMagneton: z.number() })).optional(),
  siteMethod: z.enum(['hirshfeld', 'loewdin']).optional(),
  /** Every geometry of a relaxation, the first one included. */
  trajectory: z.array(trajectoryStepSchema).optional(),
  /** Weights of atomic orbitals: rows of `orbitals`, and the file of w[spin][kpoint][band][orbital] = |<phi|psi>|^2 of Loewdin-orthonormal orbitals. */
  projections: z
    .object({
      orbitals: z.array(
        z.object({
          site: z.number().int(),
          element: z.string(),
          n: z.number().int(),
          l: z.number().int(),
          m: z.number().int(),
        }),
      ),
      /** Absent with task dos. */
      weights: z.union([arrayReference, z.array(z.array(z.array(z.array(z.number()))))]).optional(),
      /** Share of the occupied states outside the atomic orbitals. */
      spilling: z.number(),
      /** Loewdin charges, [spin][site]: the integral of the site's orbitals over the occupied states. */
      charges: z.array(z.array(z.number())),
      /** Density of states of each orbital, [spin][orbital][energy] per Ha, on the energies of `dos`. */
      statesPerHartree: z.union([arrayReference, z.array(z.array(z.array(z.number())))]).optional(),
    })
    .optional(),
  /** Files that were written for `volumes`. */
  volumes: z
    .array(
      z.object({
        quantity: z.enum(volumeQuantities),
        label: z.string(),
        cube: z.string(),
        npy: z.string(),
        unit: z.string(),
        minimum: z.number(),
        maximum: z.number(),
      }),
    )
    .optional(),
  /** Of the band edges, along each segment of the path that meets there; degenerate edges list each branch. Task bands. */
  effectiveMasses: z.array(effectiveMassSchema).optional(),
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
    /** Of the relaxed geometry. */
    finalSpaceGroupNumber: z.number().nullable().optional(),
    pseudopotentials: z.record(z.string(), z.string()),
    backend: z.string(),
    threads: z.number(),
  }),
  notes: z.array(z.string()),
  timings: z.record(z.string(), z.number()),
});

export type PlanewaveOutput = z.output<typeof planewaveOutputSchema>;
