import type { Matrix3, StructureInput, Vector3 } from '@/kernels/crystal/schema';
import type { CellParameters } from './compound';

interface Prototype {
  title: string;
  /** Which kind (place in `elements`) each site is of. */
  build(parameters: CellParameters): StructureInput;
}

const SQRT3 = Math.sqrt(3);
/** Angstrom of cell beside twice a layer's thickness, and the least height: densities end well before the cut of the Coulomb interaction. */
const VACUUM = 7;
const LAYER_HEIGHT_MIN = 10;
const MOLECULE_WIDTH = 7;

/** Rows: primitive vectors, angstrom. */
const fcc = (a: number): Matrix3 => [
  [0, a / 2, a / 2],
  [a / 2, 0, a / 2],
  [a / 2, a / 2, 0],
];
const bodyCentred = (a: number, c: number): Matrix3 => [
  [-a / 2, a / 2, c / 2],
  [a / 2, -a / 2, c / 2],
  [a / 2, a / 2, -c / 2],
];
const cubic = (a: number): Matrix3 => [
  [a, 0, 0],
  [0, a, 0],
  [0, 0, a],
];
const hexagonal = (a: number, c: number): Matrix3 => [
  [a, 0, 0],
  [-a / 2, (a * SQRT3) / 2, 0],
  [0, 0, c],
];
/** Of hexagonal a and c. */
const rhombohedral = (a: number, c: number): Matrix3 => [
  [a / 2, -a / (2 * SQRT3), c / 3],
  [0, a / SQRT3, c / 3],
  [-a / 2, -a / (2 * SQRT3), c / 3],
];
const [T, TT] = [1 / 3, 2 / 3];

type Places = readonly (readonly [kind: number, x: number, y: number, z: number])[];

function crystal({ elements }: CellParameters, cellAngstrom: Matrix3, places: Places): StructureInput {
  return { cellAngstrom, sites: places.map(([kind, ...place]) => ({ element: elements[kind]!, fractional: place })) };
}

/** Heights in angstrom about the middle of the layer. */
function layer({ elements }: CellParameters, inPlane: Matrix3, places: Places): StructureInput {
  const heights = places.map(([, , , height]) => height);
  const thickness = Math.max(...heights) - Math.min(...heights);
  const c = Math.max(LAYER_HEIGHT_MIN, 2 * thickness + VACUUM);
  return {
    cellAngstrom: [inPlane[0], inPlane[1], [0, 0, c]],
    periodic: [true, true, false],
    sites: places.map(([kind, x, y, height]) => ({
      element: elements[kind]!,
      fractional: [x, y, 0.5 + height / c] satisfies Vector3,
    })),
  };
}

/** Every arrangement of at most four atoms that the dataset's crystals, layers and molecules begin from. */
export const prototypes = {
  fcc: { title: 'face-centred cubic (A1)', build: (o) => crystal(o, fcc(o.a), [[0, 0, 0, 0]]) },
  bcc: { title: 'body-centred cubic (A2)', build: (o) => crystal(o, bodyCentred(o.a, o.a), [[0, 0, 0, 0]]) },
  'simple-cubic': { title: 'simple cubic (Aₕ)', build: (o) => crystal(o, cubic(o.a), [[0, 0, 0, 0]]) },
  'white-tin': {
    title: 'white tin (A5)',
    build: (o) =>
      crystal(o, bodyCentred(o.a, o.c!), [
        [0, 0, 0, 0],
        [0, 0.75, 0.25, 0.5],
      ]),
  },
  'indium-tetragonal': {
    title: 'body-centred tetragonal (A6)',
    build: (o) => crystal(o, bodyCentred(o.a, o.c!), [[0, 0, 0, 0]]),
  },
  hcp: {
    title: 'hexagonal close-packed (A3)',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, T, TT, 0.25],
        [0, TT, T, 0.75],
      ]),
  },
  diamond: {
    title: 'diamond (A4)',
    build: (o) =>
      crystal(o, fcc(o.a), [
        [0, 0, 0, 0],
        [0, 0.25, 0.25, 0.25],
      ]),
  },
  /** u: z of the site. */
  arsenic: {
    title: 'arsenic (A7)',
    build: (o) =>
      crystal(o, rhombohedral(o.a, o.c!), [
        [0, o.u!, o.u!, o.u!],
        [0, 1 - o.u!, 1 - o.u!, 1 - o.u!],
      ]),
  },
  /** u: x of the site. */
  selenium: {
    title: 'trigonal selenium (A8)',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, o.u!, 0, T],
        [0, 0, o.u!, TT],
        [0, 1 - o.u!, 1 - o.u!, 0],
      ]),
  },
  /** Settings of Cmce with the layers on top of each other along b; u: z of the site, its y is that of phosphorus. */
  'black-phosphorus': {
    title: 'black phosphorus (A17)',
    build: (o) => {
      const [y, z] = [0.1017, o.u!];
      // Coordinates along (a -+ b)/2 of a place (x, y) of the conventional cell are x - y and x + y.
      const place = (x: number, yy: number, zz: number) => [0, x - yy, x + yy, zz] as const;
      const cell: Matrix3 = [
        [o.a / 2, -o.b! / 2, 0],
        [o.a / 2, o.b! / 2, 0],
        [0, 0, o.c!],
      ];
      return crystal(o, cell, [
        place(0, y, z),
        place(0, -y, -z),
        place(0, 0.5 - y, 0.5 + z),
        place(0, 0.5 + y, 0.5 - z),
      ]);
    },
  },
  rocksalt: {
    title: 'rock salt (B1)',
    build: (o) =>
      crystal(o, fcc(o.a), [
        [0, 0, 0, 0],
        [1, 0.5, 0.5, 0.5],
      ]),
  },
  'caesium-chloride': {
    title: 'caesium chloride (B2)',
    build: (o) =>
      crystal(o, cubic(o.a), [
        [0, 0, 0, 0],
        [1, 0.5, 0.5, 0.5],
      ]),
  },
  zincblende: {
    title: 'zincblende (B3)',
    build: (o) =>
      crystal(o, fcc(o.a), [
        [0, 0, 0, 0],
        [1, 0.25, 0.25, 0.25],
      ]),
  },
  /** u: height of the second kind above the first, in c. */
  wurtzite: {
    title: 'wurtzite (B4)',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, T, TT, 0],
        [0, TT, T, 0.5],
        [1, T, TT, o.u!],
        [1, TT, T, o.u! + 0.5],
      ]),
  },
  /** The first kind once, in cubes of the second. */
  fluorite: {
    title: 'fluorite (C1)',
    build: (o) =>
      crystal(o, fcc(o.a), [
        [0, 0, 0, 0],
        [1, 0.25, 0.25, 0.25],
        [1, 0.75, 0.75, 0.75],
      ]),
  },
  'nickel-arsenide': {
    title: 'nickel arsenide (B8)',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, 0, 0, 0],
        [0, 0, 0, 0.5],
        [1, T, TT, 0.25],
        [1, TT, T, 0.75],
      ]),
  },
  'aluminium-diboride': {
    title: 'aluminium diboride (C32)',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, 0, 0, 0],
        [1, T, TT, 0.5],
        [1, TT, T, 0.5],
      ]),
  },
  /** The first kind at the corners, the second on the faces. */
  'copper-gold': {
    title: 'Cu3Au (L1₂)',
    build: (o) =>
      crystal(o, cubic(o.a), [
        [0, 0, 0, 0],
        [1, 0, 0.5, 0.5],
        [1, 0.5, 0, 0.5],
        [1, 0.5, 0.5, 0],
      ]),
  },
  /** u: z of the second kind. */
  'cadmium-iodide': {
    title: 'cadmium iodide (C6)',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, 0, 0, 0],
        [1, T, TT, o.u!],
        [1, TT, T, 1 - o.u!],
      ]),
  },
  /** c: distance of the layers; u: height of the second kind over the first, angstrom. */
  'molybdenite-3r': {
    title: 'molybdenite 3R',
    build: (o) =>
      crystal(
        o,
        [
          [o.a, 0, 0],
          [-o.a / 2, (o.a * SQRT3) / 2, 0],
          [0, o.a / SQRT3, o.c!],
        ],
        [
          [0, 0, 0, 0],
          // The third vector leads sideways: a height h along z lies at h/c of it, less its part in the plane (1/3, 2/3).
          [1, T - (T * o.u!) / o.c!, TT - (TT * o.u!) / o.c!, o.u! / o.c!],
          [1, T + (T * o.u!) / o.c!, TT + (TT * o.u!) / o.c!, -o.u! / o.c!],
        ],
      ),
  },
  graphite: {
    title: 'graphite (A9)',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, 0, 0, 0.25],
        [0, 0, 0, 0.75],
        [0, T, TT, 0.25],
        [0, TT, T, 0.75],
      ]),
  },
  'hexagonal-boron-nitride': {
    title: 'hexagonal boron nitride',
    build: (o) =>
      crystal(o, hexagonal(o.a, o.c!), [
        [0, T, TT, 0.25],
        [0, TT, T, 0.75],
        [1, T, TT, 0.75],
        [1, TT, T, 0.25],
      ]),
  },
  /** u: difference of height of the two sites, angstrom. */
  honeycomb: {
    title: 'honeycomb layer',
    build: (o) =>
      layer(o, hexagonal(o.a, 1), [
        [0, T, TT, o.u! / 2],
        [o.elements.length - 1, TT, T, -o.u! / 2],
      ]),
  },
  /** u: height of the second kind over the first, angstrom. */
  'layer-1h': {
    title: 'trigonal prismatic layer (1H)',
    build: (o) =>
      layer(o, hexagonal(o.a, 1), [
        [0, T, TT, 0],
        [1, TT, T, o.u!],
        [1, TT, T, -o.u!],
      ]),
  },
  'layer-1t': {
    title: 'octahedral layer (1T)',
    build: (o) =>
      layer(o, hexagonal(o.a, 1), [
        [0, 0, 0, 0],
        [1, T, TT, o.u!],
        [1, TT, T, -o.u!],
      ]),
  },
  /** b: the longer lattice constant in the plane; u: half of the layer's thickness, angstrom. */
  phosphorene: {
    title: 'puckered layer of black phosphorus',
    build: (o) =>
      layer(
        o,
        [
          [o.a, 0, 0],
          [0, o.b!, 0],
          [0, 0, 1],
        ],
        [
          [0, 0, 0.08, o.u!],
          [0, 0, -0.08, -o.u!],
          [0, 0.5, 0.42, o.u!],
          [0, 0.5, 0.58, -o.u!],
        ],
      ),
  },
  /** In a box, alone. */
  diatomic: {
    title: 'molecule of two atoms',
    build: (o) => {
      const c = 2 * o.a + VACUUM;
      return {
        cellAngstrom: [
          [MOLECULE_WIDTH, 0, 0],
          [0, MOLECULE_WIDTH, 0],
          [0, 0, c],
        ],
        periodic: [false, false, false],
        sites: [-0.5, 0.5].map((side, i) => ({
          element: o.elements[Math.min(i, o.elements.length - 1)]!,
          fractional: [0.5, 0.5, 0.5 + (side * o.a) / c],
        })),
      };
    },
  },
} satisfies Record<string, Prototype>;

export type PrototypeId = keyof typeof prototypes;
