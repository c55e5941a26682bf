import { z } from 'zod';
import { idSchema, labelSchema, lineSchema } from './common';
import { jobsMaxSchema } from './limits';

const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$/, 'a name of a host, or its address');
const userSchema = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/, 'a name of a user');
const portSchema = z.number().int().min(1).max(65_535).default(22);
/** What Slurm takes as a name: no blanks and nothing that means something elsewhere. */
const wordSchema = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.,:+-]{0,99}$/, 'letters, digits and . , : + - only');
const pathSchema = lineSchema.trim().min(1).max(500);

const hopSchema = z.object({ host: hostSchema, port: portSchema, user: userSchema });

export const transportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local') }),
  z.object({
    kind: z.literal('ssh'),
    ...hopSchema.shape,
    jump: hopSchema.nullable().default(null),
    /** `stored`: the key was given and is kept encrypted; `file`: it stays where it is on this machine. */
    key: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('agent') }),
      z.object({ kind: z.literal('file'), path: pathSchema }),
      z.object({ kind: z.literal('stored') }),
    ]),
  }),
]);

/** Options that the platform sets itself, or that would change what a job is. */
const OURS =
  /^--?(J|job-name|o|output|e|error|i|input|a|array|d|dependency|wrap|D|chdir|requeue|no-requeue|export|export-file|open-mode|parsable|t|time|mem|n|ntasks|c|cpus-per-task|p|partition|A|account|q|qos|W|wait|H|hold|test-only|uid|gid|M|clusters)\b/;
const extraLineSchema = z
  .string()
  .trim()
  .max(200)
  .regex(
    /^(#SBATCH\s+)?--[a-z][a-z-]*(=[A-Za-z0-9_.,:;&|*()[\]@%/+-]+)?$/,
    'an option of sbatch as --name or --name=value, without blanks and quotes',
  )
  .transform((line) => line.replace(/^#SBATCH\s+/, ''))
  .refine((line) => !OURS.test(line), 'this option is set by the platform');

export const schedulerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct') }),
  z.object({
    kind: z.literal('slurm'),
    partition: wordSchema.nullable().default(null),
    account: wordSchema.nullable().default(null),
    qos: wordSchema.nullable().default(null),
    extraLines: z.array(extraLineSchema).max(30).default([]),
  }),
]);

const textSchema = z
  .string()
  .max(10_000)
  .refine((text) => !text.includes('\0'), 'plain text');

const modulesSchema = z
  .array(wordSchema.or(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.,:+/-]{0,199}$/)))
  .max(30)
  .default([]);

export const computerSettingsSchema = z.object({
  transport: transportSchema,
  scheduler: schedulerSchema,
  /** Where runs lie there; a relative one begins at the home folder. */
  workFolder: pathSchema.default('brine'),
  /** Node there, by its name or its path. */
  node: pathSchema.default('node'),
  modules: modulesSchema,
  /** Lines of shell put before each job. */
  prependText: textSchema.default(''),
  /** Between two looks at the queue: at first, and grown to when nothing happens. */
  pollSeconds: z.number().min(0.2).max(600).default(5),
  pollMaxSeconds: z.number().min(0.2).max(3_600).default(60),
  /** How long what cannot be reached is tried again before the job pauses. */
  patienceSeconds: z.number().int().min(1).max(86_400).default(300),
});

export type ComputerSettings = z.infer<typeof computerSettingsSchema>;

export const addComputerSchema = z.object({
  name: labelSchema,
  description: lineSchema.trim().max(500).default(''),
  settings: computerSettingsSchema,
  /** Cores that one job may have; with direct, all jobs together. */
  cores: z.number().int().min(1).max(100_000),
  memoryBytes: z.number().int().min(1e6).max(1e15),
  /** Jobs at a time, those in the queue of the scheduler included; null: as many as cores and memory allow. */
  jobsMax: jobsMaxSchema.default(null),
  /** Kept encrypted, for a transport whose key is `stored`; a passphrase also for one in a file. */
  privateKey: z.string().max(20_000).nullable().default(null),
  passphrase: z.string().max(1_000).nullable().default(null),
});

/** All of it as it shall be; a key or passphrase that is null stays as it is stored. */
export const updateComputerSchema = addComputerSchema.extend({ id: idSchema });

export type NewComputer = z.input<typeof addComputerSchema>;

export const testComputerSchema = z.object({
  id: idSchema,
  /** Keys that the person looked at and accepts, by `host:port`. */
  acceptHostKeys: z.record(z.string().max(300), z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/)).default({}),
});

export const testStepNames = ['connect', 'write', 'run', 'read', 'scheduler', 'kernel'] as const;
export type TestStepName = (typeof testStepNames)[number];

export interface TestStep {
  name: TestStepName;
  title: string;
  state: 'passed' | 'failed' | 'skipped';
  /** What was found, or why it failed. */
  message: string;
  advice: string | null;
  seconds: number;
}

export interface ComputerTest {
  isPassed: boolean;
  steps: TestStep[];
  /** A key that has to be accepted before the test can go on. */
  hostKey: { host: string; fingerprint: string; isChanged: boolean } | null;
  testedAt: Date;
}

export interface ComputerDetail {
  id: string;
  name: string;
  description: string;
  settings: ComputerSettings;
  cores: number;
  memoryBytes: number;
  jobsMax: number | null;
  isEnabled: boolean;
  /** The machine of the platform: it is always there. */
  isOwn: boolean;
  hostKeys: Record<string, string>;
  hasStoredKey: boolean;
  test: ComputerTest | null;
  codes: CodeSummary[];
}

/** Executables that are looked for on a computer. */
export const knownPrograms = ['node', 'espresso', 'xtb', 'cp2k', 'abinit', 'lammps', 'gpaw', 'wannier90'] as const;
export type KnownProgram = (typeof knownPrograms)[number];

export interface CodeSummary {
  id: string;
  program: string;
  version: string;
  path: string;
  prependText: string;
  modules: string[];
  isByHand: boolean;
  foundAt: Date;
}

export const addCodeSchema = z.object({
  computerId: idSchema,
  program: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a short name in lower case'),
  version: lineSchema.trim().min(1).max(60),
  path: pathSchema.regex(/^\//, 'a path from the root on'),
  prependText: textSchema.default(''),
  /** Loaded before its jobs, after those of the computer. */
  modules: modulesSchema,
});
