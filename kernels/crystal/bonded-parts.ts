import { elementBySymbol } from './elements';
import { neighbourList } from './neighbours';
import type { Structure, Vector3 } from './schema';

/** Bonds are at most so many times the sum of the covalent radii: beyond ionic ones, short of the gaps between layers. */
const BOND_FACTOR = 1.3;

/** Atoms that bonds join, as one piece that may go on without end. */
export interface BondedPart {
  /** Sites of the structure, each in the cell where the piece meets it first. */
  members: { site: number; image: Vector3 }[];
  /** Whole-numbered lattice vectors, as many as independent ones, by which the piece is bonded to its own images. */
  vectors: Vector3[];
}

/**
 * The pieces into which a structure falls when only atoms nearer than 1.3 times the sum of their covalent radii hold together; the number of
 * a piece's independent vectors is its dimension (Larsen et al., Phys. Rev. Mater. 3, 034003 (2019)).
 */
export function bondedParts(structure: Structure): BondedPart[] {
  const bonds = bondsOf(structure);
  const cellOf: (Vector3 | null)[] = structure.sites.map(() => null);
  const parts: BondedPart[] = [];
  for (let start = 0; start < cellOf.length; start++) {
    if (cellOf[start]) continue;
    cellOf[start] = [0, 0, 0];
    const members: BondedPart['members'] = [];
    const loops: Vector3[] = [];
    const open = [start];
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const here = cellOf[i]!;
      members.push({ site: i, image: here });
      for (const { to, image } of bonds[i]!) {
        const there: Vector3 = [here[0] + image[0], here[1] + image[1], here[2] + image[2]];
        const known = cellOf[to];
        if (!known) {
          cellOf[to] = there;
          open.push(to);
        } else if (there.some((x, axis) => x !== known[axis])) {
          loops.push([there[0] - known[0], there[1] - known[1], there[2] - known[2]]);
        }
      }
    }
    parts.push({ members, vectors: latticeBasis(loops) });
  }
  return parts;
}

function bondsOf(structure: Structure): { to: number; image: Vector3 }[][] {
  const radii = structure.sites.map(
    ({ species }) => elementBySymbol(species[0]!.element).covalentRadiusAngstrom ?? 1.5,
  );
  const longest = 2 * BOND_FACTOR * Math.max(...radii);
  const { count, first, second, images, distancesAngstrom } = neighbourList(structure, longest);
  const bonds: { to: number; image: Vector3 }[][] = radii.map(() => []);
  for (let p = 0; p < count; p++) {
    const [i, j] = [first[p]!, second[p]!];
    if (distancesAngstrom[p]! > BOND_FACTOR * (radii[i]! + radii[j]!)) continue;
    bonds[i]!.push({ to: j, image: [images[3 * p]!, images[3 * p + 1]!, images[3 * p + 2]!] });
  }
  return bonds;
}

/** A basis of all that whole-numbered vectors make together, by Euclid's algorithm on one column after the other. */
export function latticeBasis(vectors: readonly Vector3[]): Vector3[] {
  let rows = vectors.map((vector) => [...vector] as Vector3);
  const basis: Vector3[] = [];
  for (let column = 0; column < 3; column++) {
    for (;;) {
      const live = rows.filter((row) => row[column] !== 0);
      if (live.length === 0) break;
      const pivot = live.reduce((least, row) => (Math.abs(row[column]!) < Math.abs(least[column]!) ? row : least));
      if (live.length === 1) {
        basis.push(pivot);
        rows = rows.filter((row) => row !== pivot);
        break;
      }
      for (const row of live) {
        if (row === pivot) continue;
        const factor = Math.trunc(row[column]! / pivot[column]!);
        for (let i = 0; i < 3; i++) row[i]! -= factor * pivot[i]!;
      }
    }
    rows = rows.filter((row) => row.some((x) => x !== 0));
  }
  return basis;
}
