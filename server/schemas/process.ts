import { z } from 'zod';

export const processStates = [
  'created',
  'waiting',
  'queued',
  'running',
  'paused',
  'finished',
  'failed',
  'killed',
] as const;
export type ProcessState = (typeof processStates)[number];
export const terminalStates = ['finished', 'failed', 'killed'] as const satisfies readonly ProcessState[];
export const isTerminal = (state: ProcessState) => (terminalStates as readonly string[]).includes(state);

/** The steps of a calculation in their order, by the names of their processes: what it can be run again from. */
export const calculationSteps = ['relax', 'scf', 'bands', 'dos', 'volumes', 'eos', 'elastic', 'exfoliation'] as const;
export type CalculationStep = (typeof calculationSteps)[number];

/** Why a process ended badly: a stable code and a sentence (what, why, what to do). */
export const failureSchema = z.object({ code: z.string(), message: z.string(), advice: z.string().nullable() });
export type Failure = z.infer<typeof failureSchema>;

/** function: done at once within the platform. */
export const processKinds = ['workflow', 'job', 'function'] as const;
export type ProcessKind = (typeof processKinds)[number];

/** A node of a calculation's tree. The root has the calculation's id. */
export interface ProcessNode {
  id: string;
  parentId: string | null;
  kind: ProcessKind;
  /** `calculation`, `scf`, `bands`, `dos`. */
  name: string;
  title: string;
  state: ProcessState;
  /** What it does now: `scf`, `diagonalising`; null before the start and after the end. */
  phase: string | null;
  exitCode: number | null;
  failure: Failure | null;
  /** Its place among the waiting jobs of the computer, 1 is next; null when not queued. */
  queuePosition: number | null;
  expectedStartAt: Date | null;
  cores: number | null;
  /** The process whose result was taken instead of computing again. */
  reusedFromId: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  children: ProcessNode[];
}
