import { isElement } from '@/kernels/crystal/elements';
import { COMPARED_MAX } from '../datasets';
import { emptyQuery, type Query, type SortKey } from './query';

/** All that a page of a dataset shows; the address says it. */
export interface ExplorerState {
  query: Query;
  sort: SortKey[];
  /** Columns of the table, beside the formula; null: those that the dataset suggests. */
  columns: string[] | null;
  view: 'table' | 'plot';
  /** Columns on the axes of the plot, and for its colours; null: chosen by the dataset. */
  axes: { x: string | null; y: string | null; colour: string | null };
  /** Ids of the entries that are marked, to be compared. */
  picked: string[];
}

type Search = URLSearchParams;

const elementLists = { in: 'include', out: 'exclude', some: 'any' } as const;
const knownStates = ['known', 'absent', 'failed'] as const;
/** Longer addresses are nobody's, and some programs cut them off. */
const ITEMS_MAX = 60;

/** What an address asks for; whatever cannot be meant is left out. */
export function readState(search: Search): ExplorerState {
  const query: Query = {
    ...emptyQuery,
    text: (search.get('q') ?? '').slice(0, 2_000),
    isOnly: search.get('only') === '1',
  };
  for (const [name, list] of Object.entries(elementLists))
    query[list] = [...new Set(listIn(search.get(name)).filter(isElement))];
  query.ranges = Object.fromEntries(search.getAll('r').slice(0, ITEMS_MAX).flatMap(readRange));
  query.words = readWords(search.getAll('w').slice(0, ITEMS_MAX));
  query.known = Object.fromEntries(search.getAll('k').slice(0, ITEMS_MAX).flatMap(readKnown));
  return {
    query,
    sort: listIn(search.get('sort')).map((by) =>
      by.startsWith('-') ? { by: by.slice(1), isDescending: true } : { by, isDescending: false },
    ),
    columns: search.has('cols') ? listIn(search.get('cols')) : null,
    view: search.get('view') === 'plot' ? 'plot' : 'table',
    axes: { x: search.get('x'), y: search.get('y'), colour: search.get('c') },
    picked: [...new Set(search.getAll('pick'))].slice(0, COMPARED_MAX),
  };
}

/** The address of a state, without a question mark; what is as it begins takes no room. */
export function writeState({ query, sort, columns, view, axes, picked }: ExplorerState): string {
  const search = new URLSearchParams();
  const set = (name: string, value: string | null) => {
    if (value) search.set(name, value);
  };
  set('q', query.text.trim());
  for (const [name, list] of Object.entries(elementLists)) set(name, query[list].join(','));
  set('only', query.isOnly ? '1' : null);
  for (const [name, [from, to]] of Object.entries(query.ranges))
    search.append('r', `${name}:${from ?? ''}:${to ?? ''}`);
  for (const [name, words] of Object.entries(query.words))
    for (const word of words) search.append('w', `${name}:${word}`);
  for (const [name, state] of Object.entries(query.known)) search.append('k', `${name}:${state}`);
  set('sort', sort.map(({ by, isDescending }) => (isDescending ? `-${by}` : by)).join(','));
  if (columns) search.set('cols', columns.join(','));
  set('view', view === 'plot' ? 'plot' : null);
  set('x', axes.x);
  set('y', axes.y);
  set('c', axes.colour);
  for (const key of picked) search.append('pick', key);
  return search.toString();
}

const listIn = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .filter((item) => item !== '')
    .slice(0, ITEMS_MAX);

function readRange(text: string): [string, [number | null, number | null]][] {
  const [name, from = '', to = ''] = text.split(':');
  const number = (digits: string) => (digits !== '' && Number.isFinite(Number(digits)) ? Number(digits) : null);
  const range: [number | null, number | null] = [number(from), number(to)];
  return name && (range[0] !== null || range[1] !== null) ? [[name, range]] : [];
}

function readWords(texts: readonly string[]): Record<string, string[]> {
  const words: Record<string, string[]> = {};
  for (const text of texts) {
    const at = text.indexOf(':');
    if (at > 0) words[text.slice(0, at)] = [...(words[text.slice(0, at)] ?? []), text.slice(at + 1)];
  }
  return words;
}

function readKnown(text: string): [string, Query['known'][string]][] {
  const [name, state] = text.split(':');
  const known = knownStates.find((one) => one === state);
  return name && known ? [[name, known]] : [];
}
