import type { Structure } from '@/kernels/crystal/schema';
import type { BackendId } from '@/kernels/planewave/backends/backend';
import type { JobSpec } from '@/server/computers/job-spec';
import type { Failure } from '@/server/schemas/process';
import type { PathPoint, Resolved } from '@/server/schemas/resolved';
import type { BandsResult, DosResult, RelaxResult, ScfResult, VolumesResult } from '@/server/schemas/results';
import type { CycleChange } from './restart-handlers.data';

/** What an engine is asked to do. */
export type Task =
  | { kind: 'scf' }
  | {
      kind: 'relax';
      cell: 'fixed' | 'full' | 'volume';
      pressureGpa: number;
      /** Sites that keep their place, along the cartesian axes marked true (all three where absent). */
      fixed: { site: number; axes?: [boolean, boolean, boolean] }[];
      /** Cell vectors that keep their length and direction. */
      fixedCellAxes: [boolean, boolean, boolean];
      forceToleranceEvPerAngstrom: number;
      maxSteps: number;
    }
  | {
      kind: 'bands';
      points: PathPoint[];
      segments: [number, number][];
      note: string | null;
      count: number | null;
      projections: boolean;
    }
  | {
      kind: 'dos';
      mesh: [number, number, number];
      method: 'tetrahedra' | 'gaussian';
      widthEv: number;
      stepEv: number;
      count: number | null;
      projections: boolean;
    }
  | { kind: 'volumes'; quantities: VolumeRequest[] };

export interface VolumeRequest {
  quantity: 'density' | 'spin-density' | 'local-potential' | 'orbital';
  /** Of an orbital; the band counts from 0. */
  kpoint?: [number, number, number];
  band?: number;
  spin?: 'up' | 'down';
}

/** All that a job is made from. */
export interface TaskContext {
  structure: Structure;
  resolved: Resolved;
  cores: number;
  memoryBytes: number;
  expectedSeconds: number;
  timeLimitSeconds: number;
  /** What the self-consistent job left: file name to hash. Absent for task scf. */
  density: Record<string, string> | null;
  /** Name of the job: `scf`, `bands-path`. */
  jobName: string;
  /** Hash of the program's build, and its version as it tells it. */
  build: string;
  version: string;
  /** Which of its numerical back ends the program uses on the computer of the job. */
  backend: BackendId;
  /** Whether known failures are met by starting again with something changed. */
  restarts: boolean;
  /** What the restart handlers that were tried so far change of the embedded engine's cycle. */
  cycle: CycleChange | null;
}

export type TaskResult =
  | { kind: 'scf'; value: ScfResult }
  | { kind: 'relax'; value: RelaxResult }
  | { kind: 'bands'; value: BandsResult }
  | { kind: 'dos'; value: DosResult }
  | { kind: 'volumes'; value: VolumesResult };

/** A program for electronic structure. All of them give the same results, in eV and angstrom. */
export interface Engine {
  name: string;
  prepare(task: Task, context: TaskContext): JobSpec;
  /** Reads what the job left in its folder. */
  parse(
    task: Task,
    context: TaskContext,
    readText: (name: string) => Promise<string>,
    readBytes: (name: string) => Promise<Uint8Array>,
  ): Promise<TaskResult>;
  /** The folder that the scf job leaves for the others. */
  densityFolder: string;
  /** Files worth keeping for the person, beside the density. */
  keep: string[];
  /** Why a job ended badly: from its exit code and the end of its standard error. */
  explain(exitCode: number, stderr: string, task: Task['kind']): Failure;
}
