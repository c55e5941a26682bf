import type { Structure } from '@/kernels/crystal/schema';
import type { SymmetrySummary } from '@/server/schemas/structure';
import { mainElement } from './view-geometry';

export interface WyckoffRow {
  element: string;
  letter: string;
  /** How many sites of the cell are of this kind: the multiplicity in this cell, times the number of such orbits. */
  sites: number;
  /** The first of them stands for all. */
  position: [number, number, number];
}

/** Sites of one element with one Wyckoff letter, together. */
export function wyckoffRows({ sites }: Structure, { wyckoffLetters }: SymmetrySummary): WyckoffRow[] {
  const rows = new Map<string, WyckoffRow>();
  for (const [index, site] of sites.entries()) {
    const element = mainElement(site);
    const letter = wyckoffLetters[index]!;
    const row = rows.get(element + letter);
    if (row) row.sites += 1;
    else rows.set(element + letter, { element, letter, sites: 1, position: site.position });
  }
  return [...rows.values()];
}
