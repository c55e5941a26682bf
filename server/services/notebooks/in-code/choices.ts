import { isDeepStrictEqual } from 'node:util';
import { type DraftData, draftDataSchema } from '@/server/schemas/draft';

/** What only the wizard needs, or what names this one calculation. */
const left = new Set(['kind', 'step', 'structureId', 'properties', 'label', 'rerun', 'after', 'resources']);

/** What a person chose, as a calculation file says it: all that is not as it would be by itself. */
export function choicesOf(draft: DraftData): Record<string, unknown> {
  const usual = draftDataSchema.parse({});
  const differing = <Choices extends object>(chosen: Choices, by: Choices) =>
    Object.entries(chosen).filter(([name, value]) => !isDeepStrictEqual(value, by[name as keyof Choices]));
  const resources = Object.fromEntries(differing(draft.resources, usual.resources));
  return {
    properties: draft.properties,
    ...Object.fromEntries(differing(draft, usual).filter(([name]) => !left.has(name))),
    ...(Object.keys(resources).length > 0 ? { resources } : {}),
  };
}
