import { symbolsIn } from '@/kernels/crystal/elements';
import { type ProcessState, processStates } from '@/server/schemas/process';

type Search = Record<string, string | string[] | undefined>;

/** The filters of the list of calculations, as they stand in the address. */
export interface CalculationFilters {
  states: ProcessState[];
  formula: string;
  text: string;
  /** Days, `2026-11-23`, the second one included. */
  from: string;
  to: string;
  /** Symbols that must be there, as written: `Li O`. */
  elements: string;
  property: string;
  tag: string;
  /** Ids of the last rows of the pages before; the newest page has none. */
  after: string[];
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)?.trim() ?? '';
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const isId = (text: string) => /^[0-9a-f-]{36}$/.test(text);

/** Reads them from the address; what makes no sense there is left out. */
export function readFilters(search: Search): CalculationFilters {
  const known = new Set<string>(processStates);
  const day = (name: string) => (isDay(one(search[name])) ? one(search[name]) : '');
  return {
    states: one(search['state'])
      .split(',')
      .filter((state): state is ProcessState => known.has(state)),
    formula: one(search['formula']).slice(0, 100),
    text: one(search['text']).slice(0, 200),
    from: day('from'),
    to: day('to'),
    elements: one(search['elements']).slice(0, 60),
    property: one(search['property']).slice(0, 60),
    tag: one(search['tag']).slice(0, 60),
    after: one(search['after']).split(',').filter(isId),
  };
}

/** The address of a list with these filters, without empty ones. */
export function filterAddress(path: string, { states, after, ...words }: CalculationFilters): string {
  const entries = Object.entries({ state: states.join(','), ...words, after: after.join(',') });
  const query = entries
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&');
  return query ? `${path}?${query}` : path;
}

const DAY_MS = 86_400_000;

const ELEMENTS_MAX = 10;
const listOrNull = (list: string[]) => (list.length > 0 ? list : null);

/** What the server is asked. */
export const filterInput = ({
  states,
  formula,
  text,
  from,
  to,
  elements,
  property,
  tag,
  after,
}: CalculationFilters) => ({
  states: states.length > 0 ? states : null,
  formula: formula || null,
  text: text || null,
  createdFrom: from ? new Date(from) : null,
  createdTo: to ? new Date(Date.parse(to) + DAY_MS) : null,
  elements: listOrNull(symbolsIn(elements).slice(0, ELEMENTS_MAX)),
  property: property || null,
  tag: tag || null,
  cursor: after.at(-1) ?? null,
});

export const hasFilters = ({ states, after: _, ...words }: CalculationFilters) =>
  states.length > 0 || Object.values(words).some((value) => value !== '');
