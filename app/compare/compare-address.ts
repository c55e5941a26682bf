import { COMPARED_MAX } from '@/server/schemas/datasets';

export interface EntryName {
  slug: string;
  key: string;
}

/** The address that compares these: `/compare?with=oxides/mp-1&with=oxides/mp-2`. */
export const compareAddress = (names: readonly EntryName[]) =>
  `/compare?${new URLSearchParams(names.slice(0, COMPARED_MAX).map(({ slug, key }) => ['with', `${slug}/${key}`]))}`;

/** What an address names, each once; what cannot be meant is left out. An id may hold slashes, the name of a dataset not. */
export function readNames(asked: string | readonly string[] | undefined): EntryName[] {
  const texts = [...new Set([asked ?? []].flat())];
  return texts
    .flatMap((text) => {
      const at = text.indexOf('/');
      return at > 0 && at < text.length - 1 ? [{ slug: text.slice(0, at), key: text.slice(at + 1, at + 301) }] : [];
    })
    .slice(0, COMPARED_MAX);
}
