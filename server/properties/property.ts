import type { z } from 'zod';
import type { Task } from '@/server/engines/engine';
import type { ResolvedProperty } from '@/server/schemas/resolved';
import type { ElectronicType, Protocol } from '@/server/schemas/settings';
import type { PropertyId } from './ids';

/** What a property's defaults may depend on. */
export interface DefaultsInput {
  protocol: Protocol;
  electronicType: ElectronicType;
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
  /** The engine's task that it runs, after the shared self-consistent calculation save for a relaxation, and the name of that job. */
  task(resolved: ResolvedProperty): Task;
  job: { name: string; title: string };
  results: z.ZodType<Results>;
  /** Guide text, Markdown. */
  guide: string;
}
