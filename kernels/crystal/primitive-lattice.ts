import { placesOf } from '../core/group';
import { add, determinant, inverse, multiply, norm, rowTimesMatrix, subtract } from './linear';
import type { Matrix3, Structure, Vector3 } from './schema';

/** A crystal as kinds and places alone: rows of the cell in angstrom, fractional positions. */
export interface BareCrystal {
  cellAngstrom: Matrix3;
  kinds: readonly string[];
  positions: readonly Vector3[];
}

/** Each site by what stands on it; labels, moments and charges do not matter. */
export function bareCrystal({ cellAngstrom, sites }: Structure): BareCrystal {
  return {
    cellAngstrom: cellAngstrom!,
    kinds: sites.map(({ species }) => species.map((s) => `${s.element}${s.concentration.toFixed(3)}`).join()),
    positions: sites.map(({ position }) => position),
  };
}

/**
 * The crystal in its smallest cell, where atoms lie within `toleranceAngstrom` of their images: translations between sites of the rarest kind
 * that carry every site onto one of its kind. Images are averaged, so that noise falls. Where the translations found are no lattice the
 * tolerance is halved; a cell without inner translations is given back.
 */
export function primitiveCrystal(crystal: BareCrystal, toleranceAngstrom: number): BareCrystal {
  for (let tolerance = toleranceAngstrom; tolerance > toleranceAngstrom / 40; tolerance /= 2) {
    const translations = innerTranslations(crystal, tolerance);
    if (translations.length === 1) return crystal;
    const rows = latticeOf(translations.map(({ vector }) => vector));
    if (rows) return fold(crystal, translations, rows);
  }
  return crystal;
}

interface Translation {
  vector: Vector3;
  /** The site that each site is carried onto. */
  images: number[];
}

function innerTranslations(crystal: BareCrystal, tolerance: number): Translation[] {
  const { kinds, positions } = crystal;
  const groups = placesOf(kinds);
  const rarest = [...groups.values()].reduce((least, group) => (group.length < least.length ? group : least));
  const first = positions[rarest[0]!]!;
  const found: Translation[] = [{ vector: [0, 0, 0], images: [...kinds.keys()] }];
  for (const site of rarest.slice(1)) {
    const vector = subtract(positions[site]!, first);
    const images = imagesUnder(crystal, vector, groups, tolerance);
    if (images) found.push({ vector, images });
  }
  return found;
}

function imagesUnder(
  { kinds, positions, cellAngstrom }: BareCrystal,
  vector: Vector3,
  groups: ReadonlyMap<string, number[]>,
  tolerance: number,
): number[] | null {
  const images: number[] = [];
  const taken = new Set<number>();
  for (const site of kinds.keys()) {
    const place = add(positions[site]!, vector);
    const image = groups
      .get(kinds[site]!)!
      .find(
        (other) => !taken.has(other) && nearestLength(subtract(positions[other]!, place), cellAngstrom) < tolerance,
      );
    if (image === undefined) return null;
    taken.add(image);
    images.push(image);
  }
  return images;
}

/** Rows of the lattice that translations and the cell's own vectors make, in units of the latter; null where they make none of that many points. */
function latticeOf(vectors: readonly Vector3[]): Matrix3 | null {
  const order = vectors.length;
  const whole = vectors.map((vector) => vector.map((x) => Math.round(order * x)));
  let rows = [[order, 0, 0], [0, order, 0], [0, 0, order], ...whole];
  const basis: number[][] = [];
  for (let column = 0; column < 3; column++) {
    const reduced = reduceColumn(rows, column);
    basis.push(reduced.pivot);
    rows = reduced.rest;
  }
  const lattice = basis.map((row) => row.map((x) => x / order)) as Matrix3;
  return Math.abs(Math.abs(determinant(lattice)) * order - 1) < 1e-6 ? lattice : null;
}

/** Euclid's algorithm down a column of whole numbers: the row with their greatest divisor, the others with zero there. */
function reduceColumn(rows: readonly number[][], column: number): { pivot: number[]; rest: number[][] } {
  const open = rows.map((row) => [...row]);
  for (;;) {
    const live = open.filter((row) => row[column] !== 0);
    const pivot = live.reduce((least, row) => (Math.abs(row[column]!) < Math.abs(least[column]!) ? row : least));
    if (live.length === 1) return { pivot, rest: open.filter((row) => row !== pivot) };
    for (const row of live) {
      if (row === pivot) continue;
      const factor = Math.trunc(row[column]! / pivot[column]!);
      for (let i = 0; i < 3; i++) row[i]! -= factor * pivot[i]!;
    }
  }
}

function fold(crystal: BareCrystal, translations: readonly Translation[], rows: Matrix3): BareCrystal {
  const { kinds, positions, cellAngstrom } = crystal;
  const done = new Set<number>();
  const kept: { kind: string; position: Vector3 }[] = [];
  const toPrimitive = inverse(rows);
  for (const site of kinds.keys()) {
    if (done.has(site)) continue;
    const home = positions[site]!;
    let sum: Vector3 = [0, 0, 0];
    for (const { images, vector } of translations) {
      const image = images[site]!;
      done.add(image);
      const back = subtract(subtract(positions[image]!, vector), home);
      sum = add(sum, back.map((x) => x - Math.round(x)) as Vector3);
    }
    const mean = add(home, sum.map((x) => x / translations.length) as Vector3);
    kept.push({ kind: kinds[site]!, position: rowTimesMatrix(mean, toPrimitive) });
  }
  return {
    cellAngstrom: multiply(rows, cellAngstrom),
    kinds: kept.map(({ kind }) => kind),
    positions: kept.map(({ position }) => position),
  };
}

/** Of a fractional difference brought into [-1/2, 1/2], angstrom. */
function nearestLength(difference: Vector3, cell: Matrix3): number {
  return norm(rowTimesMatrix(difference.map((x) => x - Math.round(x)) as Vector3, cell));
}
