import type { z } from 'zod';
import type { Matrix3, Structure } from '@/kernels/crystal/schema';
import type { Task } from '@/server/engines/engine';
import type { Resolved, ResolvedLayer, ResolvedProperty } from '@/server/schemas/resolved';
import type { ElectronicType, Protocol } from '@/server/schemas/settings';
import type { PropertyId } from './ids';

/** What a property's defaults may depend on. */
export interface DefaultsInput {
  protocol: Protocol;
  electronicType: ElectronicType;
}

/** A job of a property, which runs after the shared self-consistent calculation save for a relaxation. */
export interface PropertyJob {
  /** `<property>-<what>`. */
  name: string;
  title: string;
  task: Task;
  /** Of the structure that it is computed for: rows of the cell times this. */
  deformation?: Matrix3;
  /** A single layer of the structure, which is computed in its place. */
  layer?: ResolvedLayer;
}

export interface CombinedInput {
  /** The one that the property is of. */
  structure: Structure;
  resolved: ResolvedProperty;
  /** Of the whole calculation. */
  calculation: Resolved;
}

/** What the results of several jobs say together. */
export interface Combination<Results> {
  /** Of the process that works it out. */
  title: string;
  /** Whether it takes the shared self-consistent result too, which then is among the results as `scf`. */
  takesDensity?: boolean;
  /** `results` by the names of the jobs, each as its task gives it. */
  of(jobs: readonly PropertyJob[], results: ReadonlyMap<string, unknown>, input: CombinedInput): Results;
}

/** A property as the server knows it; its panels live in app/properties/<id>. */
export interface Property<Settings, Results> {
  id: PropertyId;
  title: string;
  /** One sentence: what a person learns from it. */
  description: string;
  /** What it needs, as a phrase for the wizard: `a self-consistent density`. */
  needs: string;
  settings: z.ZodType<Settings>;
  defaults(input: DefaultsInput): Settings;
  /** Beside each other, in the order in which they are shown. */
  jobs(resolved: ResolvedProperty): PropertyJob[];
  /** Absent where one job gives the results by itself. */
  combination?: Combination<Results>;
  results: z.ZodType<Results>;
  /** Guide text, Markdown. */
  guide: string;
}
