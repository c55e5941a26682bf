import type { PublicationChoice, PublicationSelection } from '@/server/schemas/publication';
import { type CalculationFilters, filterAddress, filterInput } from './filters';

/** Addresses have an end; more than so many are asked for by filters. */
const PICKED_MAX = 100;

export interface PublicationAsked {
  filters: CalculationFilters;
  /** Of calculations that were picked; where there are some, filters count no more. */
  ids: string[];
  choice: PublicationChoice;
}

export const readPicked = (value: string | string[] | undefined): string[] =>
  [value ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    .slice(0, PICKED_MAX);

export function selectionOf({ filters, ids }: Pick<PublicationAsked, 'filters' | 'ids'>): PublicationSelection {
  if (ids.length > 0) return { by: 'ids', ids };
  const { createdFrom, createdTo, cursor: _, ...words } = filterInput(filters);
  const days = { createdFrom: createdFrom?.toISOString() ?? null, createdTo: createdTo?.toISOString() ?? null };
  return { by: 'filters', ...words, ...days };
}

/** The address of the review of what is found or was picked. */
export function publishAddress({ filters, ids, choice }: PublicationAsked): string {
  const path = '/calculations/publish';
  const address = ids.length > 0 ? `${path}?id=${ids.join(',')}` : filterAddress(path, { ...filters, after: [] });
  return choice === 'newest' ? address : `${address}${address.includes('?') ? '&' : '?'}keep=${choice}`;
}
