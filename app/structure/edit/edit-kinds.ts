import { cellParameters } from '@/kernels/crystal/cell';
import type { StructureEditInput } from '@/kernels/crystal/edit/schema';
import { terminationsOf } from '@/kernels/crystal/edit/terminations';
import type { Structure, Vector3 } from '@/kernels/crystal/schema';

import { fixed } from '../../format/number';

export type Values = Record<string, unknown>;

/** One thing to fill in. */
export interface Field {
  key: string;
  label: string;
  kind: 'number' | 'vector' | 'matrix' | 'text' | 'choice';
  /** Of the parts of a vector. */
  parts?: readonly string[];
  unit?: string;
  isInteger?: boolean;
  step?: number;
  hint?: string;
  /** Those of a choice, by their values. */
  options?: (structure: Structure, values: Values) => { value: string; label: string }[];
}

/** A way to change a structure: what has to be known, and the edit that it makes. */
export interface EditKind {
  key: string;
  title: string;
  about: string;
  /** Acts on the chosen atoms. */
  needsSites?: boolean;
  needsCell?: boolean;
  fields: readonly Field[];
  initial: (structure: Structure) => Values;
  build: (values: Values, sites: number[], structure: Structure) => StructureEditInput;
}

const xyz = ['x', 'y', 'z'] as const;
const vectorOf = (value: unknown) => value as Vector3;
const numberOf = (value: unknown) => value as number;
const seedField: Field = {
  key: 'seed',
  label: 'Seed',
  kind: 'number',
  isInteger: true,
  hint: 'The same seed draws the same atoms again.',
};

const cellKinds: EditKind[] = [
  {
    key: 'supercell',
    title: 'Supercell',
    about: 'Repeats the cell along its vectors.',
    needsCell: true,
    fields: [{ key: 'times', label: 'Times', kind: 'vector', parts: ['a', 'b', 'c'], isInteger: true }],
    initial: () => ({ times: [2, 2, 2] }),
    build: ({ times }) => {
      const [a, b, c] = vectorOf(times);
      return {
        do: 'supercell',
        matrix: [
          [a, 0, 0],
          [0, b, 0],
          [0, 0, c],
        ],
      };
    },
  },
  {
    key: 'matrix',
    title: 'Supercell by a matrix',
    about: 'Each row is a new vector in units of a, b and c.',
    needsCell: true,
    fields: [{ key: 'matrix', label: 'New vectors', kind: 'matrix', parts: ['a', 'b', 'c'], isInteger: true }],
    initial: () => ({
      matrix: [
        [1, 1, 0],
        [-1, 1, 0],
        [0, 0, 1],
      ],
    }),
    build: ({ matrix }) => ({ do: 'supercell', matrix: matrix as [Vector3, Vector3, Vector3] }),
  },
  {
    key: 'niggli',
    title: 'Niggli cell',
    about: 'The shortest vectors that span the same lattice, in their standard order.',
    needsCell: true,
    fields: [],
    initial: () => ({}),
    build: () => ({ do: 'niggli' }),
  },
  {
    key: 'strain',
    title: 'Strain',
    about: 'Stretches and shears the cell with its atoms along the cartesian axes.',
    needsCell: true,
    fields: [
      { key: 'stretch', label: 'Stretch', kind: 'vector', parts: ['xx', 'yy', 'zz'], unit: '%', step: 0.5 },
      { key: 'shear', label: 'Shear', kind: 'vector', parts: ['yz', 'xz', 'xy'], unit: '%', step: 0.5 },
    ],
    initial: () => ({ stretch: [1, 1, 1], shear: [0, 0, 0] }),
    build: ({ stretch, shear }) => {
      const [xx, yy, zz] = vectorOf(stretch).map((x) => x / 100) as Vector3;
      const [yz, xz, xy] = vectorOf(shear).map((x) => x / 100) as Vector3;
      return {
        do: 'strain',
        strain: [
          [xx, xy, xz],
          [xy, yy, yz],
          [xz, yz, zz],
        ],
      };
    },
  },
  {
    key: 'cell',
    title: 'Cell parameters',
    about: 'Another cell; the atoms keep their fractions of it.',
    needsCell: true,
    fields: [
      { key: 'lengths', label: 'Lengths', kind: 'vector', parts: ['a', 'b', 'c'], unit: 'Å', step: 0.05 },
      { key: 'angles', label: 'Angles', kind: 'vector', parts: ['α', 'β', 'γ'], unit: '°', step: 1 },
    ],
    initial: ({ cellAngstrom }) => {
      if (!cellAngstrom) return { lengths: [10, 10, 10], angles: [90, 90, 90] };
      const { lengthsAngstrom, anglesDegrees } = cellParameters(cellAngstrom);
      const round = (list: readonly number[]) => list.map((x) => Number(x.toFixed(6)));
      return { lengths: round(lengthsAngstrom), angles: round(anglesDegrees) };
    },
    build: ({ lengths, angles }) => ({
      do: 'cell',
      lengthsAngstrom: vectorOf(lengths),
      anglesDegrees: vectorOf(angles),
    }),
  },
  {
    key: 'periodicity',
    title: 'Periodicity and vacuum',
    about: 'A direction that ceases to repeat stands across the others and gets free space.',
    fields: [
      {
        key: 'periodic',
        label: 'It repeats',
        kind: 'choice',
        options: () => [
          { value: '111', label: 'in three directions (crystal)' },
          { value: '110', label: 'along a and b (slab)' },
          { value: '001', label: 'along c (wire)' },
          { value: '000', label: 'not at all (molecule in a box)' },
        ],
      },
      { key: 'vacuum', label: 'Vacuum', kind: 'number', unit: 'Å' },
    ],
    initial: () => ({ periodic: '110', vacuum: 15 }),
    build: ({ periodic, vacuum }) => ({
      do: 'periodicity',
      periodic: [...String(periodic)].map((digit) => digit === '1') as [boolean, boolean, boolean],
      vacuumAngstrom: numberOf(vacuum),
    }),
  },
];

const surfaceKinds: EditKind[] = [
  {
    key: 'slab',
    title: 'Slab',
    about:
      'Cuts the crystal along a lattice plane. Miller indices are of the cell as it stands: take the conventional one first.',
    needsCell: true,
    fields: [
      { key: 'miller', label: 'Miller indices', kind: 'vector', parts: ['h', 'k', 'l'], isInteger: true },
      { key: 'layers', label: 'Layers', kind: 'number', isInteger: true, hint: 'Repeats of the plane’s distance.' },
      { key: 'vacuum', label: 'Vacuum', kind: 'number', unit: 'Å' },
      { key: 'termination', label: 'Upper surface ends with', kind: 'choice', options: terminationOptions },
    ],
    initial: () => ({ miller: [1, 1, 1], layers: 4, vacuum: 15, termination: '0' }),
    build: ({ miller, layers, vacuum, termination }) => ({
      do: 'slab',
      miller: vectorOf(miller),
      layers: numberOf(layers),
      vacuumAngstrom: numberOf(vacuum),
      termination: Number(termination),
    }),
  },
];

function terminationOptions(structure: Structure, { miller }: Values) {
  try {
    return terminationsOf(structure, vectorOf(miller)).map(({ outermostPlane, gapAngstrom }, index) => ({
      value: String(index),
      label: `${outermostPlane.replace(/ 1(?= |$)/g, '')}, ${fixed(gapAngstrom, 2)} Å below the next plane`,
    }));
  } catch {
    // What is wrong with the indices is told when the slab is cut.
    return [{ value: '0', label: 'the first' }];
  }
}

const atomKinds: EditKind[] = [
  {
    key: 'add',
    title: 'Add an atom',
    about: 'An interstitial, an adatom.',
    fields: [
      { key: 'element', label: 'Element', kind: 'text' },
      {
        key: 'position',
        label: 'Place',
        kind: 'vector',
        parts: xyz,
        step: 0.05,
        hint: 'In fractions of the cell, in Å where there is none.',
      },
    ],
    initial: () => ({ element: 'H', position: [0.5, 0.5, 0.5] }),
    build: ({ element, position }, _, { cellAngstrom }) => ({
      do: 'add',
      element: String(element).trim(),
      [cellAngstrom ? 'fractional' : 'cartesianAngstrom']: vectorOf(position),
    }),
  },
  {
    key: 'remove',
    title: 'Remove atoms',
    about: 'Vacancies: the chosen atoms go.',
    needsSites: true,
    fields: [],
    initial: () => ({}),
    build: (_, sites) => ({ do: 'remove', sites }),
  },
  {
    key: 'replace',
    title: 'Replace atoms',
    about: 'The chosen atoms become another element.',
    needsSites: true,
    fields: [{ key: 'element', label: 'By', kind: 'text' }],
    initial: () => ({ element: 'Ge' }),
    build: ({ element }, sites) => ({ do: 'replace', sites, element: String(element).trim() }),
  },
  {
    key: 'substitute',
    title: 'Substitute a fraction',
    about: 'Atoms of one element, drawn at random, become another: at least one.',
    fields: [
      { key: 'element', label: 'Of', kind: 'text' },
      { key: 'by', label: 'By', kind: 'text' },
      { key: 'percent', label: 'Share', kind: 'number', unit: '%' },
      seedField,
    ],
    initial: ({ sites }) => ({ element: sites[0]?.species[0]?.element ?? 'Si', by: 'Ge', percent: 25, seed: 1 }),
    build: ({ element, by, percent, seed }) => ({
      do: 'substitute',
      element: String(element).trim(),
      by: String(by).trim(),
      fraction: numberOf(percent) / 100,
      seed: numberOf(seed),
    }),
  },
  {
    key: 'move',
    title: 'Move atoms',
    about: 'The chosen atoms, along the cartesian axes.',
    needsSites: true,
    fields: [{ key: 'by', label: 'By', kind: 'vector', parts: xyz, unit: 'Å', step: 0.1 }],
    initial: () => ({ by: [0, 0, 0.1] }),
    build: ({ by }, sites) => ({ do: 'move', sites, byAngstrom: vectorOf(by) }),
  },
  {
    key: 'rotate',
    title: 'Rotate atoms',
    about: 'The chosen atoms, about an axis through their middle.',
    needsSites: true,
    fields: [
      { key: 'axis', label: 'Axis', kind: 'vector', parts: xyz, step: 1 },
      { key: 'degrees', label: 'Angle', kind: 'number', unit: '°', step: 5 },
    ],
    initial: () => ({ axis: [0, 0, 1], degrees: 30 }),
    build: ({ axis, degrees }, sites) => ({
      do: 'rotate',
      sites,
      axis: vectorOf(axis),
      degrees: numberOf(degrees),
    }),
  },
  {
    key: 'mirror',
    title: 'Mirror atoms',
    about: 'The chosen atoms, in a plane through their middle.',
    needsSites: true,
    fields: [{ key: 'normal', label: 'Normal of the plane', kind: 'vector', parts: xyz, step: 1 }],
    initial: () => ({ normal: [0, 0, 1] }),
    build: ({ normal }, sites) => ({ do: 'mirror', sites, normal: vectorOf(normal) }),
  },
  {
    key: 'shake',
    title: 'Displace at random',
    about: 'All atoms, by normally distributed steps: out of a saddle point, or as a snapshot of heat.',
    fields: [
      { key: 'rms', label: 'Root mean square along each axis', kind: 'number', unit: 'Å', step: 0.01 },
      seedField,
    ],
    initial: () => ({ rms: 0.05, seed: 1 }),
    build: ({ rms, seed }) => ({ do: 'shake', rootMeanSquareAngstrom: numberOf(rms), seed: numberOf(seed) }),
  },
  {
    key: 'label',
    title: 'Label atoms',
    about: 'A word that tells sublattices apart, for initial magnetic moments. An empty one takes it away.',
    needsSites: true,
    fields: [{ key: 'label', label: 'Label', kind: 'text' }],
    initial: () => ({ label: 'up' }),
    build: ({ label }, sites) => ({ do: 'label', sites, label: String(label).trim() }),
  },
];

export const editGroups = [
  { title: 'Cell', kinds: cellKinds },
  { title: 'Surface', kinds: surfaceKinds },
  { title: 'Atoms', kinds: atomKinds },
] as const;

export const editKinds: readonly EditKind[] = editGroups.flatMap(({ kinds }) => kinds);
