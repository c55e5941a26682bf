/** "1, 3–6" for the sites 0, 2, 3, 4, 5: people count from 1. */
export function writeSites(sites: number[]): string {
  const sorted = [...sites].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length; ) {
    let last = i;
    while (sorted[last + 1] === sorted[last]! + 1) last++;
    parts.push(last > i ? `${sorted[i]! + 1}–${sorted[last]! + 1}` : String(sorted[i]! + 1));
    i = last + 1;
  }
  return parts.join(', ');
}

const MOST_SITES = 1000;

/** The sites that a text names; null where it names none that can be read. */
export function readSites(text: string): number[] | null {
  const sites = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const found = /^(\d{1,6})(?:[-–](\d{1,6}))?$/.exec(part);
    if (!found) return null;
    const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
    if (from < 1 || to < from || to - from >= MOST_SITES) return null;
    for (let site = from; site <= to; site++) sites.add(site - 1);
  }
  return sites.size <= MOST_SITES ? [...sites] : null;
}
