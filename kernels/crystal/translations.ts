import { cellParameters } from './cell';
import type { Structure, Vector3 } from './schema';
import { siteKinds } from './site-kinds';

/**
 * Whether a translation shorter than the cell's own carries the crystal onto itself, so that the cell is not primitive. Candidates are
 * the vectors between sites of the rarest kind; sites are looked up in boxes of about 1 angstrom, so that a cell of 2000 takes well
 * under a second. Atoms lie within `toleranceAngstrom` of their images.
 */
export function hasInnerTranslation({ cellAngstrom, sites }: Structure, toleranceAngstrom: number): boolean {
  if (!cellAngstrom || sites.length < 2) return false;
  const { kinds } = siteKinds(sites);
  const positions = sites.map(({ position }) => position.map((x) => x - Math.floor(x)) as Vector3);
  const { lengthsAngstrom } = cellParameters(cellAngstrom);
  // Either end of a candidate may lie off its ideal place.
  const tolerances = lengthsAngstrom.map((length) => (2 * toleranceAngstrom) / length);
  const boxes = new SiteBoxes(positions, lengthsAngstrom);
  const rarest = sitesOfRarestKind(kinds);
  const first = positions[rarest[0]!]!;
  return rarest.slice(1).some((candidate) => {
    const shift = positions[candidate]!.map((x, i) => x - first[i]!);
    return positions.every((position, site) => {
      const image = position.map((x, i) => x + shift[i]! - Math.floor(x + shift[i]!)) as Vector3;
      return boxes.find(image, tolerances, (other) => kinds[other] === kinds[site]);
    });
  });
}

function sitesOfRarestKind(kinds: readonly number[]): number[] {
  const groups: number[][] = [];
  kinds.forEach((kind, site) => {
    groups[kind] ??= [];
    groups[kind].push(site);
  });
  return Object.values(groups).reduce((rarest, group) => (group.length < rarest.length ? group : rarest));
}

/** Sites by the box of fractional space that they lie in. */
class SiteBoxes {
  private readonly counts: number[];
  private readonly sites = new Map<number, number[]>();

  constructor(
    private readonly positions: readonly Vector3[],
    lengthsAngstrom: readonly number[],
  ) {
    this.counts = lengthsAngstrom.map((length) => Math.max(1, Math.floor(length)));
    positions.forEach((position, site) => {
      const key = this.keyOf(position.map((x, i) => Math.floor(x * this.counts[i]!)));
      const found = this.sites.get(key);
      if (found) found.push(site);
      else this.sites.set(key, [site]);
    });
  }

  /** Whether a site that `fits` lies at `point`; a point near the wall of its box looks into the next one too. */
  find(point: Vector3, tolerances: readonly number[], fits: (site: number) => boolean): boolean {
    const [low, high] = [-1, 1].map((side) =>
      point.map((x, i) => Math.floor((x + side * tolerances[i]!) * this.counts[i]!)),
    ) as [number[], number[]];
    for (let a = low[0]!; a <= high[0]!; a++)
      for (let b = low[1]!; b <= high[1]!; b++)
        for (let c = low[2]!; c <= high[2]!; c++)
          for (const site of this.sites.get(this.keyOf([a, b, c])) ?? [])
            if (fits(site) && this.isAt(site, point, tolerances)) return true;
    return false;
  }

  private isAt(site: number, point: Vector3, tolerances: readonly number[]): boolean {
    return this.positions[site]!.every((x, i) => {
      const distance = Math.abs(x - point[i]!);
      return Math.min(distance, 1 - distance) <= tolerances[i]!;
    });
  }

  private keyOf(box: readonly number[]): number {
    const [a, b, c] = box.map((x, i) => ((x % this.counts[i]!) + this.counts[i]!) % this.counts[i]!);
    return (a! * this.counts[1]! + b!) * this.counts[2]! + c!;
  }
}
