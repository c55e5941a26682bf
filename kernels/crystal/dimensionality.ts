import { elementBySymbol } from './elements';
import { neighbourList } from './neighbours';
import type { Structure, Vector3 } from './schema';

/** Bonds are at most so many times the sum of the covalent radii: beyond ionic ones, short of the gaps between layers. */
const BOND_FACTOR = 1.3;

/**
 * In how many directions the atoms are bonded without end: 3 a framework, 2 layers, 1 chains, 0 molecules; the largest of all bonded parts.
 * It is the rank of the lattice vectors by which a part is bonded to its own images (Larsen et al., Phys. Rev. Mater. 3, 034003 (2019)).
 */
export function bondedDimensions(structure: Structure): 0 | 1 | 2 | 3 {
  const radii = structure.sites.map(
    ({ species }) => elementBySymbol(species[0]!.element).covalentRadiusAngstrom ?? 1.5,
  );
  const { count, first, second, images, distancesAngstrom } = neighbourList(
    structure,
    2 * BOND_FACTOR * Math.max(...radii),
  );
  const bonds: { to: number; image: Vector3 }[][] = radii.map(() => []);
  for (let p = 0; p < count; p++) {
    const [i, j] = [first[p]!, second[p]!];
    if (distancesAngstrom[p]! > BOND_FACTOR * (radii[i]! + radii[j]!)) continue;
    bonds[i]!.push({ to: j, image: [images[3 * p]!, images[3 * p + 1]!, images[3 * p + 2]!] });
  }
  const cellOf: (Vector3 | null)[] = radii.map(() => null);
  let largest = 0;
  for (let start = 0; start < radii.length; start++) {
    if (cellOf[start]) continue;
    cellOf[start] = [0, 0, 0];
    const loops: Vector3[] = [];
    const open = [start];
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      for (const { to, image } of bonds[i]!) {
        const here = cellOf[i]!;
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
    largest = Math.max(largest, rank(loops));
  }
  return largest as 0 | 1 | 2 | 3;
}

/** Of integer vectors, by elimination. */
function rank(vectors: readonly Vector3[]): number {
  const rows: Vector3[] = [];
  for (const vector of vectors) {
    let rest = [...vector] as Vector3;
    for (const row of rows) {
      const pivot = row.findIndex((x) => x !== 0);
      const factor = rest[pivot]! / row[pivot]!;
      rest = rest.map((x, i) => x - factor * row[i]!) as Vector3;
    }
    if (rest.some((x) => Math.abs(x) > 1e-9)) rows.push(rest.map((x) => (Math.abs(x) > 1e-9 ? x : 0)) as Vector3);
    if (rows.length === 3) break;
  }
  return rows.length;
}
