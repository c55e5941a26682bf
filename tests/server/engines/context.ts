import type { StructureInput } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import type { TaskContext } from '@/server/engines/engine';
import { draftDataSchema } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import { resolve } from '@/server/services/calculations/resolve/resolve';
import { silicon } from '../workflows/workers';

const derived = <Value>(value: Value) => ({ value, automatic: value, source: '', overridden: false });

export interface ContextOptions {
  structure?: StructureInput;
  draft?: object;
  resolved?: Partial<Resolved>;
}

/** What a job is made from, without a database: silicon on a coarse mesh where nothing else is said. */
export async function makeContext(
  change: Partial<TaskContext> = {},
  options: ContextOptions = {},
): Promise<TaskContext> {
  const structure = parseStructure(options.structure ?? (silicon as unknown as StructureInput));
  const base = await resolve(draftDataSchema.parse(options.draft ?? {}), null, null);
  const symbols = [...new Set(structure.sites.map((site) => site.species[0]!.element))];
  const elements = symbols.map((element) => {
    const { name, valence } = familyEntry(element, functionalsById[base.functional]);
    const cutoffHartree = { fast: 10, balanced: 10, stringent: 10 };
    return { element, entry: name, valenceElectrons: valence, cutoffHartree };
  });
  const valence = new Map(elements.map(({ element, valenceElectrons }) => [element, valenceElectrons]));
  const electrons = structure.sites.reduce((sum, site) => sum + valence.get(site.species[0]!.element)!, 0);
  const resolved: Resolved = {
    ...base,
    ...{ elements, electrons, bandCount: Math.ceil(electrons / 2) + 4 },
    cutoffHartree: derived(10),
    mesh: derived<[number, number, number]>([2, 2, 2]),
    shift: derived<[number, number, number]>([0, 0, 0]),
    ...options.resolved,
  };
  const size = { cores: 2, memoryBytes: 1e9, expectedSeconds: 1, timeLimitSeconds: 60 };
  const program = { build: 'build', version: '6.7MaX', jobName: 'scf', backend: 'system' as const };
  return { structure, resolved, ...size, ...program, density: null, restarts: true, cycle: null, ...change };
}

export const derivedValue = derived;
