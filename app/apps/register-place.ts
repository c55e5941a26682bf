import { type AppCategory, type AppSummary, appCategories } from '@/server/schemas/app/apps';

/** What of the register is shown; all of it stands in the address. */
export interface RegisterPlace {
  text: string;
  category: AppCategory | null;
}

export function readPlace(search: Record<string, string | string[] | undefined>): RegisterPlace {
  const first = (name: string) => [search[name] ?? ''].flat()[0] ?? '';
  return {
    text: first('text').slice(0, 200),
    category: appCategories.find((one) => one === first('category')) ?? null,
  };
}

export function placeAddress({ text, category }: RegisterPlace): string {
  const query = new URLSearchParams([
    ...(text.trim() ? [['text', text.trim()]] : []),
    ...(category ? [['category', category]] : []),
  ]);
  return `/apps${query.size > 0 ? `?${query}` : ''}`;
}

/** Those in whose title or description every word stands. */
export function search<App extends Pick<AppSummary, 'title' | 'description'>>(apps: readonly App[], text: string) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return apps.filter(({ title, description }) => {
    const written = `${title} ${description}`.toLowerCase();
    return words.every((word) => written.includes(word));
  });
}
