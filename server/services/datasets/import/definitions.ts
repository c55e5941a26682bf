import { cleanLine } from '@/server/schemas/common';
import { PROPERTIES_MAX, type PropertyDefinition, propertyNameSchema } from '@/server/schemas/datasets';

type Kind = Pick<PropertyDefinition, 'type' | 'items'>;

/** Numbers and texts in lists are searched; a list of anything else is only shown. */
function kindOf(value: unknown): Kind | null {
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  if (typeof value === 'string') return { type: 'string' };
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (!Array.isArray(value)) return { type: 'dictionary' };
  const known = value.filter((item) => item !== null);
  if (known.length === 0) return null;
  for (const items of ['number', 'string', 'boolean'] as const)
    if (known.every((item) => typeof item === items)) return { type: 'list', items };
  return { type: 'list', items: 'other' };
}

/** Whether values of the second kind can stand in a column of the first. */
const holds = (column: Kind, value: Kind): boolean =>
  (column.type === value.type && column.items === value.items) ||
  (column.type === 'number' && value.type === 'integer') ||
  (column.type === 'list' && column.items === 'other' && value.type === 'list');

/**
 * What the properties of a dataset are, learnt from their values as entries come, and from what the source says of them (titles, units).
 * A property is of the type of its first value; whole numbers become numbers when one with a fraction comes.
 */
export class Definitions {
  private readonly byName: Map<string, PropertyDefinition>;
  /** What was described without a type, until its first value. */
  private readonly waiting = new Map<string, PropertyDefinition>();

  constructor(known: readonly PropertyDefinition[]) {
    this.byName = new Map(known.map((definition) => [definition.name, definition]));
  }

  get list(): PropertyDefinition[] {
    return [...this.byName.values()];
  }

  /** What the source says of its properties, in the form of /info/structures. */
  describe(properties: Record<string, unknown>): void {
    for (const [name, said] of Object.entries(properties)) {
      if (!name.startsWith('_') || typeof said !== 'object' || said === null) continue;
      const { title, description } = said as Record<string, unknown>;
      const kind = kindSaid(said as Record<string, unknown>);
      if (!this.byName.has(name) && kind) this.add(name, kind);
      // What is described without its type waits for its first value.
      const definition = this.byName.get(name) ?? this.wait(name);
      const unit = unitSaid(said as Record<string, unknown>);
      if (typeof title === 'string') definition.title = cleanLine(title.slice(0, 120));
      if (typeof description === 'string') definition.description = cleanLine(description.slice(0, 2_000));
      if (unit !== null) definition.unit = cleanLine(unit.slice(0, 40));
    }
  }

  /** The properties that fit what they are known as; why of each other. */
  fit(properties: Record<string, unknown>): { kept: Record<string, unknown>; refused: string[] } {
    const kept: Record<string, unknown> = {};
    const refused: string[] = [];
    for (const [name, value] of Object.entries(properties)) {
      const why = this.take(name, value);
      if (why === null) kept[name] = value;
      else if (why !== '') refused.push(why);
    }
    return { kept, refused };
  }

  /** A property whose computation failed has its column, also where no entry has a value. */
  expect(name: string): void {
    if (!this.byName.has(name)) this.add(name, { type: 'number' });
  }

  private wait(name: string): PropertyDefinition {
    const known = this.waiting.get(name);
    if (known) return known;
    const definition = { name, title: titleOf(name), unit: null, type: 'number' as const, description: '', method: '' };
    if (this.waiting.size < PROPERTIES_MAX) this.waiting.set(name, definition);
    return definition;
  }

  /** Null where the value can be kept, "" where there is nothing to keep, else why not. */
  private take(name: string, value: unknown): string | null {
    const kind = kindOf(value);
    if (!kind) return '';
    const definition = this.byName.get(name) ?? this.add(name, kind);
    if (!definition)
      return `The property ${name.slice(0, 100)} was left out: its name is not one, or there are over ${PROPERTIES_MAX}.`;
    if (definition.type === 'integer' && kind.type === 'number') definition.type = 'number';
    if (holds(definition, kind)) return null;
    return `Its ${name} is a ${kind.type} and not a ${definition.type}.`;
  }

  private add(name: string, kind: Kind): PropertyDefinition | null {
    if (this.byName.size >= PROPERTIES_MAX || !propertyNameSchema.safeParse(name).success) return null;
    const said = this.waiting.get(name) ?? { title: titleOf(name), unit: null, description: '', method: '' };
    const definition = { ...said, name, ...kind };
    this.byName.set(name, definition);
    return definition;
  }
}

const declared: Record<string, Kind | undefined> = {
  float: { type: 'number' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  string: { type: 'string' },
  boolean: { type: 'boolean' },
};

/** OPTIMADE 1.2 writes `"type": ["number", "null"]` and `x-optimade-type`; earlier versions `"type": "float"`. */
function kindSaid(said: Record<string, unknown>): Kind | undefined {
  const types = [said['x-optimade-type'], said.type].flat().filter((type) => typeof type === 'string');
  return types.map((type) => declared[type]).find((kind) => kind !== undefined);
}

function unitSaid(said: Record<string, unknown>): string | null {
  const unit = [said['x-optimade-unit'], said.unit].find((one) => typeof one === 'string') as string | undefined;
  return unit === undefined || /^(dimensionless|inapplicable|)$/i.test(unit) ? null : unit;
}

/** "Band gap" of `_mp_band_gap`. */
function titleOf(name: string): string {
  const words = name
    .replace(/^_[a-z0-9]+_/i, '')
    .replaceAll('_', ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
