import { elementBySymbol, isElement } from '@/kernels/crystal/elements';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';

export interface DrawnAtom {
  element: string;
  cartesianAngstrom: Vector3;
  /** The site of the structure of which this is an image. */
  site: number;
}

/** Elements that were taken out of the drawing. */
export type HiddenElements = ReadonlySet<string>;
export const NONE_HIDDEN: HiddenElements = new Set();

/** With one element more, or one less, hidden. Hiding the last one shows all again: an empty drawing tells nothing. */
export function toggleElement(structure: Structure, hidden: HiddenElements, element: string): HiddenElements {
  const next = new Set(hidden);
  if (!next.delete(element)) next.add(element);
  return structure.sites.every((site) => next.has(mainElement(site))) ? NONE_HIDDEN : next;
}

/** Beyond this a browser stutters; the supercell is then drawn smaller. */
export const ATOMS_DRAWN_MAX = 4_000;

/** The element that most often sits on a site; the table tells of the others. */
export const mainElement = (site: Structure['sites'][number]) =>
  site.species.reduce((a, b) => (b.concentration > a.concentration ? b : a)).element;

/**
 * Atoms of n1 x n2 x n3 cells, wrapped into their cell. With `withBoundary` also those images that lie on the far faces, so that
 * a cell looks whole: eight corners, not one.
 */
export function drawnAtoms(structure: Structure, repeat: Vector3, withBoundary = true): DrawnAtom[] {
  const { cellAngstrom: cell, periodic } = structure;
  if (!cell)
    return structure.sites.map((site, index) => ({
      element: mainElement(site),
      cartesianAngstrom: site.position,
      site: index,
    }));
  return structure.sites.flatMap((site, index) => {
    const wrapped = site.position.map((x, axis) => (periodic[axis] ? wrap(x) : x));
    const [along0, along1, along2] = wrapped.map((x, axis) =>
      imagesAlong(x, repeat[axis]!, withBoundary && periodic[axis]!),
    );
    const atoms: DrawnAtom[] = [];
    for (const x of along0!)
      for (const y of along1!)
        for (const z of along2!)
          atoms.push({ element: mainElement(site), cartesianAngstrom: toCartesian([x, y, z], cell), site: index });
    return atoms;
  });
}

const TOUCH = 0.02;
/** 0.9999 is 0 seen from the other side. */
const wrap = (x: number) => {
  const inside = x - Math.floor(x);
  return inside > 1 - 1e-4 ? 0 : inside;
};

function imagesAlong(x: number, repeat: number, withBoundary: boolean): number[] {
  const images = Array.from({ length: repeat }, (_, i) => x + i);
  if (withBoundary && x < TOUCH) images.push(x + repeat);
  return images;
}

export const toCartesian = (fractional: Vector3, cell: Matrix3): Vector3 =>
  [0, 1, 2].map((i) => fractional.reduce((sum, f, row) => sum + f * cell[row]![i]!, 0)) as Vector3;

/** Cells times this many along each axis, lowered until it can be drawn. */
export function affordableRepeat(structure: Structure, repeat: Vector3): Vector3 {
  const atoms = structure.sites.length * repeat[0] * repeat[1] * repeat[2];
  return atoms <= ATOMS_DRAWN_MAX ? repeat : [1, 1, 1];
}

export interface DrawnElement {
  element: string;
  name: string;
  color: string;
  sites: number;
}

/** The elements that are drawn, in order of first appearance, with the viewer's colours. */
export function drawnElements(structure: Structure): DrawnElement[] {
  const counts = new Map<string, number>();
  for (const site of structure.sites) counts.set(mainElement(site), (counts.get(mainElement(site)) ?? 0) + 1);
  return [...counts].map(([element, sites]) => ({ element, sites, ...look(element) }));
}

const look = (element: string) => {
  if (!isElement(element)) return { name: element, color: '#888888' };
  const { name, colourCpk } = elementBySymbol(element);
  return { name, color: colourCpk };
};

export const drawnRadius = (element: string) =>
  (isElement(element) ? elementBySymbol(element).covalentRadiusAngstrom : null) ?? 1.2;

/** In words, for those who do not see the drawing. */
export function describeStructure(structure: Structure, formula: string): string {
  const kinds = drawnElements(structure).map(({ name, sites }) => `${sites} ${name.toLowerCase()}`);
  const where = structure.cellAngstrom ? 'in the cell' : 'in the molecule';
  return `${formula}: ${kinds.join(', ')} ${where}. The table of sites lists them all.`;
}
