import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@/server/errors';
import { isPropertyId } from '@/server/properties/ids';
import type { RerunInput } from '@/server/schemas/calculation';
import { type DraftData, draftDataSchema } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import { overridesSchema, resourcesSchema } from '@/server/schemas/settings';

type Changes = RerunInput['set'];

/** What belongs to the draft itself, not to the choices of a person. */
const FIXED = ['kind', 'step', 'structureId', 'rerun'];

/**
 * A draft with choices changed by their paths. The short ones of the command line are known too: `bands.count` is
 * `properties.bands.count`, `cutoffHartree` is among the overrides, `cores` among the resources.
 * @throws AppError bad-input for a path that leads nowhere and a value that does not belong there
 */
export function applyChanges(draft: DraftData, changes: Changes): DraftData {
  const changed = structuredClone(draft) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) setAt(changed, wholePath(path), value);
  const parsed = draftDataSchema.safeParse(changed);
  if (!parsed.success)
    throw badInput(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  // What the schema does not know it leaves out.
  for (const [path, value] of Object.entries(changes))
    if (value !== null && !isDeepStrictEqual(at(parsed.data, wholePath(path)), value)) throw unknown(path);
  return parsed.data;
}

/** Settings of properties are kept as they are given: whether a property has one of a name it says itself. @throws AppError bad-input */
export function requireKnownSettings({ properties }: Resolved, changes: Changes): void {
  for (const path of Object.keys(changes)) {
    const [group, id, setting] = wholePath(path);
    const resolved = group === 'properties' && setting !== undefined ? properties[id!] : undefined;
    if (resolved && !(setting! in resolved.settings)) throw unknown(path);
  }
}

function wholePath(path: string): string[] {
  const names = path.split('.');
  const first = names[0]!;
  if (isPropertyId(first)) return ['properties', ...names];
  if (first in overridesSchema.shape) return ['overrides', ...names];
  if (first in resourcesSchema.shape) return ['resources', ...names];
  if (!Object.hasOwn(draftDataSchema.shape, first) || FIXED.includes(first)) throw unknown(path);
  return names;
}

function setAt(draft: Record<string, unknown>, path: string[], value: unknown): void {
  let group = draft;
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(group, name) ? group[name] : undefined;
    if (typeof inner === 'object' && inner !== null) group = inner as Record<string, unknown>;
    else {
      const made: Record<string, unknown> = {};
      // A name such as __proto__ is a name like others here.
      Object.defineProperty(group, name, { value: made, enumerable: true, writable: true, configurable: true });
      group = made;
    }
  }
  const last = path.at(-1)!;
  const isOptional = path.length === 2 && (path[0] === 'properties' || path[0] === 'overrides');
  if (value === null && isOptional) delete group[last];
  else Object.defineProperty(group, last, { value, enumerable: true, writable: true, configurable: true });
}

const at = (value: unknown, path: string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
        ? (inner as Record<string, unknown>)[name]
        : undefined,
    value,
  );

const unknown = (path: string) => badInput(`There is no choice named ${path.slice(0, 100)}.`);

const badInput = (userMessage: string) => new AppError('bad-input', userMessage, { userMessage });
