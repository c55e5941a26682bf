import type { Orbital } from '@/server/schemas/results';

/** How atomic orbitals are put together for a drawing. */
export const groupings = ['none', 'element', 'orbital', 'element-orbital', 'site'] as const;
export type Grouping = (typeof groupings)[number];
export const groupingWords: Record<Grouping, string> = {
  none: 'No orbitals',
  element: 'Element',
  orbital: 'Orbital',
  'element-orbital': 'Element and orbital',
  site: 'Site',
};

export interface OrbitalGroup {
  /** `O p`, `Fe`, `Ti 3`. */
  name: string;
  /** Places in the list of orbitals. */
  members: number[];
}

const LETTERS = 'spdf';
/** As many as there are colours that everyone tells apart; what is left is drawn together. */
const GROUPS_MAX = 5;

/** The groups in the order of `weightOf` (heaviest first); beyond the fifth all are one, "others". */
export function groupOrbitals(
  orbitals: readonly Orbital[],
  grouping: Grouping,
  weightOf: (members: number[]) => number,
): OrbitalGroup[] {
  if (grouping === 'none') return [];
  const groups = new Map<string, number[]>();
  orbitals.forEach((orbital, i) => {
    const name = nameOf(orbital, grouping);
    groups.set(name, [...(groups.get(name) ?? []), i]);
  });
  const sorted = [...groups]
    .map(([name, members]) => ({ name, members }))
    .sort((a, b) => weightOf(b.members) - weightOf(a.members));
  if (sorted.length <= GROUPS_MAX + 1) return sorted;
  const others = sorted.slice(GROUPS_MAX).flatMap(({ members }) => members);
  return [...sorted.slice(0, GROUPS_MAX), { name: 'others', members: others }];
}

function nameOf({ element, site, l }: Orbital, grouping: Exclude<Grouping, 'none'>): string {
  const letter = LETTERS[l] ?? `l = ${l}`;
  switch (grouping) {
    case 'element':
      return element;
    case 'orbital':
      return letter;
    case 'element-orbital':
      return `${element} ${letter}`;
    case 'site':
      return `${element} ${site + 1}`;
  }
}
