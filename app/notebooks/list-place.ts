import { idSchema } from '@/server/schemas/common';

/** Which part of the list a page shows; all of it stands in the address. */
export interface ListPlace {
  isArchived: boolean;
  /** The last id of each page before. */
  after: string[];
}

export function readPlace(search: Record<string, string | string[] | undefined>): ListPlace {
  const after = [search['after'] ?? []].flat().filter((id) => idSchema.safeParse(id).success);
  return { isArchived: search['archived'] === '1', after };
}

export function placeAddress({ isArchived, after }: ListPlace): string {
  const query = new URLSearchParams([...(isArchived ? [['archived', '1']] : []), ...after.map((id) => ['after', id])]);
  return `/notebooks${query.size > 0 ? `?${query}` : ''}`;
}

export const listInput = ({ isArchived, after }: ListPlace) => ({ isArchived, cursor: after.at(-1) ?? null });

const words: Record<string, string> = { deno: 'TypeScript', python3: 'Python' };

/** What a kernelspec is called on screen. */
export const languageOf = (spec: string): string => words[spec] ?? spec;
