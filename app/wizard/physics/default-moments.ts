import { elementBySymbol, isElement } from '@/kernels/crystal/elements';
import type { Structure } from '@/kernels/crystal/schema';
import { mainElement } from '../../structure/view-geometry';

/** First and last element of every d row, and of both f rows. */
const D_ROWS = [
  [21, 30],
  [39, 48],
  [72, 80],
] as const;
const F_ROWS = [
  [57, 71],
  [89, 103],
] as const;

/**
 * A starting moment by element, Bohr magnetons: that of a half-empty shell, as many unpaired electrons as there are electrons or
 * holes in it. High starts find magnetic states that low ones miss. Others start with none.
 */
export function startingMoment(element: string): number {
  if (!isElement(element)) return 0;
  const { atomicNumber: z } = elementBySymbol(element);
  const d = D_ROWS.find(([from, to]) => z >= from && z <= to);
  if (d) return unpaired(z - d[0] + 1, 10);
  const f = F_ROWS.find(([from, to]) => z >= from && z <= to);
  return f ? unpaired(z - f[0], 14) : 0;
}

const unpaired = (electrons: number, places: number) => Math.max(0, Math.min(electrons, places - electrons));

/** Those of the structure's own sites where it has any, else one by element. */
export function startingMoments({ sites }: Structure): number[] {
  const own = sites.map(({ momentBohrMagneton }) => momentBohrMagneton);
  if (own.some((moment) => moment !== undefined && moment !== 0)) return own.map((moment) => moment ?? 0);
  return sites.map((site) => startingMoment(mainElement(site)));
}
