import type { CurationSettings } from '@/server/schemas/curation-settings';

export interface Candidate {
  position: number;
  sourceIndex: number;
  warnings: number;
  siteCount: number | null;
  lastModified: Date | null;
}

/** The best member of a family: of the preferred source, then by what decides within one; the first where all is equal. */
export function chooseBest<Member extends Candidate>(
  family: readonly Member[],
  within: CurationSettings['within'],
): Member {
  const compare = {
    'fewest-warnings': (a: Candidate, b: Candidate) => a.warnings - b.warnings,
    newest: (a: Candidate, b: Candidate) => (b.lastModified?.getTime() ?? 0) - (a.lastModified?.getTime() ?? 0),
    'smallest-cell': (a: Candidate, b: Candidate) => (a.siteCount ?? 0) - (b.siteCount ?? 0),
  } satisfies Record<CurationSettings['within'][number], (a: Candidate, b: Candidate) => number>;
  return family.toSorted((a, b) => {
    if (a.sourceIndex !== b.sourceIndex) return a.sourceIndex - b.sourceIndex;
    for (const name of within) if (compare[name](a, b) !== 0) return compare[name](a, b);
    return a.position - b.position;
  })[0]!;
}
