import { inverse, multiply, rowTimesMatrix } from '@/kernels/crystal/linear';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';

export type Atom = [element: string, x: number, y: number, z: number];

export function build(cellAngstrom: Matrix3, atoms: Atom[]): Structure {
  return parseStructure({ cellAngstrom, sites: atoms.map(([element, ...fractional]) => ({ element, fractional })) });
}

/** The same crystal in the cell whose rows are `rows` (integers) times its own, with more atoms where it is larger. */
export function inCell(structure: Structure, rows: Matrix3): Structure {
  const cell = multiply(rows, structure.cellAngstrom!);
  const back = inverse(rows);
  const reach = Math.max(...rows.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0))) + 1;
  const sites: Structure['sites'] = [];
  for (const site of structure.sites) {
    const seen = new Set<string>();
    for (let a = -reach; a <= reach; a++)
      for (let b = -reach; b <= reach; b++)
        for (let c = -reach; c <= reach; c++) {
          const f = rowTimesMatrix([site.position[0] + a, site.position[1] + b, site.position[2] + c], back);
          const wrapped = f.map((x) => x - Math.floor(x + 1e-9)) as Vector3;
          const key = wrapped.map((x) => Math.round(1e6 * x) + 0).join();
          if (seen.has(key)) continue;
          seen.add(key);
          sites.push({ ...site, position: wrapped });
        }
  }
  return { ...structure, cellAngstrom: cell, sites };
}

/** Turned about an odd axis; fractional coordinates stay. */
export function turned(structure: Structure): Structure {
  return { ...structure, cellAngstrom: multiply(structure.cellAngstrom!, rotationMatrix) };
}

const [s, c] = [Math.sin(0.7), Math.cos(0.7)];
const [t, d] = [Math.sin(-1.9), Math.cos(-1.9)];
const rotationMatrix: Matrix3 = multiply(
  [
    [c, s, 0],
    [-s, c, 0],
    [0, 0, 1],
  ],
  [
    [1, 0, 0],
    [0, d, t],
    [0, -t, d],
  ],
);

export const skewRows: Matrix3 = [
  [1, 1, 0],
  [0, 1, -2],
  [1, 1, 1],
];

const h = 5.64 / 2;
export const rockSalt = build(
  [
    [0, h, h],
    [h, 0, h],
    [h, h, 0],
  ],
  [
    ['Na', 0, 0, 0],
    ['Cl', 0.5, 0.5, 0.5],
  ],
);

export const diamond = build(
  [
    [0, 2.7155, 2.7155],
    [2.7155, 0, 2.7155],
    [2.7155, 2.7155, 0],
  ],
  [
    ['Si', 0, 0, 0],
    ['Si', 0.25, 0.25, 0.25],
  ],
);

const a = 3.19;
export const wurtzite = build(
  [
    [a, 0, 0],
    [-a / 2, (a * Math.sqrt(3)) / 2, 0],
    [0, 0, 5.189],
  ],
  [
    ['Ga', 1 / 3, 2 / 3, 0],
    ['Ga', 2 / 3, 1 / 3, 0.5],
    ['N', 1 / 3, 2 / 3, 0.377],
    ['N', 2 / 3, 1 / 3, 0.877],
  ],
);

/** P2_1/c, with three general positions. */
export const monoclinic = build(
  [
    [5.1, 0, 0],
    [0, 5.2, 0],
    [5.3 * Math.cos(1.73), 0, 5.3 * Math.sin(1.73)],
  ],
  [...general('Zr', 0.275, 0.04, 0.208), ...general('O', 0.07, 0.332, 0.345), ...general('S', 0.45, 0.757, 0.479)],
);

function general(element: string, x: number, y: number, z: number): Atom[] {
  return [
    [element, x, y, z],
    [element, -x, y + 0.5, 0.5 - z],
    [element, -x, -y, -z],
    [element, x, 0.5 - y, z + 0.5],
  ];
}

export const triclinic = build(
  [
    [4.1, 0.3, -0.2],
    [0.9, 5.2, 0.7],
    [-0.5, 1.1, 6.3],
  ],
  [
    ['Cu', 0, 0, 0],
    ['S', 0.21, 0.34, 0.17],
    ['S', -0.21, -0.34, -0.17],
  ],
);

interface Mutilation {
  samples: readonly string[];
  /** What comes in the place of some characters. */
  snippets: readonly string[];
  names: readonly string[];
  count: number;
  seed: number;
}

/** Files in which something was cut or changed, the same ones for a seed. */
export function* mutilated({
  samples,
  snippets,
  names,
  count,
  seed,
}: Mutilation): Generator<{ text: string; name: string }> {
  let state = seed;
  const random = (n: number) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  for (let i = 0; i < count; i++) {
    let text = samples[i % samples.length]!;
    for (let edits = random(4); edits >= 0; edits--) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + snippets[random(snippets.length)] + text.slice(at + random(6));
    }
    if (random(3) === 0) text = text.slice(0, random(text.length + 1));
    yield { text, name: names[random(names.length)]! };
  }
}
