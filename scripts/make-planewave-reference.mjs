// Makes tests/reference/planewave.json: total energies, terms and eigenvalues of Quantum ESPRESSO's pw.x (Debian package
// quantum-espresso 6.7) for cases that other references lack: other elements, functionals, smearings, low symmetry, shifts.
// Both engines read the same Goedecker-Teter-Hutter files and use the same real-space grid. Usage: node scripts/make-planewave-reference.mjs [NAME ...]: with names only those are computed anew.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPwscf, runPwscf } from './pw-case.mjs';

const hexagonal = (a, c) => [
  [a, 0, 0],
  [-a / 2, (a * Math.sqrt(3)) / 2, 0],
  [0, 0, c],
];
const rhombohedral = (a, alpha) => {
  const x = Math.cos((alpha * Math.PI) / 180);
  const [tx, ty, tz] = [Math.sqrt((1 - x) / 2), Math.sqrt((1 - x) / 6), Math.sqrt((1 + 2 * x) / 3)];
  return [
    [a * tx, -a * ty, a * tz],
    [0, 2 * a * ty, a * tz],
    [-a * tx, -a * ty, a * tz],
  ];
};
const cases = [
  {
    name: 'gan-wurtzite-pbesol',
    cell: hexagonal(3.19, 5.19),
    sites: [
      ['Ga', [1 / 3, 2 / 3, 0]],
      ['Ga', [2 / 3, 1 / 3, 0.5]],
      ['N', [1 / 3, 2 / 3, 0.377]],
      ['N', [2 / 3, 1 / 3, 0.877]],
    ],
    entries: { Ga: 'GTH-PBE-q3', N: 'GTH-PBE-q5' },
    functional: 'pbesol',
    cutoffHartree: 22,
    mesh: [3, 3, 2],
    grid: [32, 32, 48],
  },
  {
    name: 'sige-triclinic-pz-shifted',
    cell: [
      [3.9, 0.1, -0.2],
      [1.7, 3.5, 0.3],
      [2.0, 1.1, 3.2],
    ],
    sites: [
      ['Si', [0.02, 0.01, 0.03]],
      ['Ge', [0.27, 0.24, 0.22]],
    ],
    entries: { Si: 'GTH-PADE-q4', Ge: 'GTH-PADE-q4' },
    functional: 'lda-pz',
    cutoffHartree: 12,
    mesh: [3, 2, 2],
    shift: [0.5, 0, 0.5],
    hasSymmetry: false,
    grid: [25, 25, 25],
  },
  {
    name: 'arsenic-a7-fermi-dirac',
    cell: rhombohedral(4.13, 54.1),
    sites: [
      ['As', [0.227, 0.227, 0.227]],
      ['As', [0.773, 0.773, 0.773]],
    ],
    entries: { As: 'GTH-PBE-q5' },
    functional: 'pbe',
    cutoffHartree: 15,
    mesh: [4, 4, 4],
    occupations: { scheme: 'fermi-dirac', widthHartree: 0.008 },
    grid: [32, 32, 32],
  },
  {
    name: 'tungsten-bcc-methfessel-paxton',
    cell: [
      [-1.58, 1.58, 1.58],
      [1.58, -1.58, 1.58],
      [1.58, 1.58, -1.58],
    ],
    sites: [['W', [0, 0, 0]]],
    entries: { W: 'GTH-PBE-q6' },
    functional: 'pbe',
    cutoffHartree: 20,
    mesh: [6, 6, 6],
    occupations: { scheme: 'methfessel-paxton', widthHartree: 0.015 },
    grid: [24, 24, 24],
  },
  {
    name: 'boron-phosphide-cold-shifted',
    cell: [
      [0, 2.27, 2.27],
      [2.27, 0, 2.27],
      [2.27, 2.27, 0],
    ],
    sites: [
      ['B', [0, 0, 0]],
      ['P', [0.25, 0.25, 0.25]],
    ],
    entries: { B: 'GTH-PBE-q3', P: 'GTH-PBE-q5' },
    functional: 'pbe',
    cutoffHartree: 18,
    mesh: [3, 3, 3],
    occupations: { scheme: 'cold', widthHartree: 0.01 },
    grid: [32, 32, 32],
  },
  {
    name: 'aluminium-distorted-gaussian',
    cell: [
      [0, 2.05, 2.0],
      [2.0, 0.05, 2.1],
      [2.1, 2.0, 0],
    ],
    sites: [['Al', [0, 0, 0]]],
    entries: { Al: 'GTH-PADE-q3' },
    functional: 'lda-pw92',
    cutoffHartree: 9,
    mesh: [4, 4, 3],
    shift: [0, 0.5, 0],
    hasSymmetry: false,
    occupations: { scheme: 'gaussian', widthHartree: 0.012 },
    grid: [18, 18, 18],
  },
  {
    name: 'molybdenum-disulfide-layer-pz',
    cell: hexagonal(3.16, 8),
    sites: [
      ['Mo', [1 / 3, 2 / 3, 0.5]],
      ['S', [2 / 3, 1 / 3, 0.695]],
      ['S', [2 / 3, 1 / 3, 0.305]],
    ],
    entries: { Mo: 'GTH-PADE-q6', S: 'GTH-PADE-q6' },
    functional: 'lda-pz',
    cutoffHartree: 20,
    mesh: [3, 3, 1],
    grid: [30, 30, 75],
  },
  {
    name: 'tin-dioxide-rutile-shifted',
    cell: [
      [4.74, 0, 0],
      [0, 4.74, 0],
      [0, 0, 3.19],
    ],
    sites: [
      ['Sn', [0, 0, 0]],
      ['Sn', [0.5, 0.5, 0.5]],
      ['O', [0.306, 0.306, 0]],
      ['O', [0.694, 0.694, 0]],
      ['O', [0.194, 0.806, 0.5]],
      ['O', [0.806, 0.194, 0.5]],
    ],
    entries: { Sn: 'GTH-PADE-q4', O: 'GTH-PADE-q6' },
    functional: 'lda-pw92',
    cutoffHartree: 18,
    mesh: [2, 2, 3],
    shift: [0.5, 0.5, 0],
    grid: [36, 36, 24],
  },
  {
    name: 'lanthanum-nitride-rhombohedral-pbesol',
    cell: rhombohedral(3.75, 58),
    sites: [
      ['La', [0, 0, 0]],
      ['N', [0.49, 0.49, 0.49]],
    ],
    entries: { La: 'GTH-PBE-q11', N: 'GTH-PBE-q5' },
    functional: 'pbesol',
    cutoffHartree: 16,
    mesh: [3, 3, 3],
    grid: [25, 25, 25],
  },
  {
    name: 'cerium-nitride-odd-fermi-dirac',
    cell: [
      [0, 2.51, 2.51],
      [2.51, 0, 2.51],
      [2.51, 2.51, 0],
    ],
    sites: [
      ['Ce', [0, 0, 0]],
      ['N', [0.5, 0.5, 0.5]],
    ],
    entries: { Ce: 'GTH-PBE-q12', N: 'GTH-PBE-q5' },
    functional: 'pbe',
    cutoffHartree: 20,
    mesh: [3, 3, 3],
    occupations: { scheme: 'fermi-dirac', widthHartree: 0.01 },
    grid: [27, 27, 27],
  },
  {
    name: 'barium-triclinic-odd-cold-quarter-shift',
    cell: [
      [4.1, 0.2, -0.1],
      [0.6, 4.4, 0.3],
      [-0.5, 0.9, 4.8],
    ],
    sites: [
      ['Ba', [0.05, 0.02, 0.1]],
      ['C', [0.5, 0.55, 0.45]],
      ['C', [0.62, 0.42, 0.6]],
      ['N', [0.1, 0.6, 0.55]],
    ],
    entries: { Ba: 'GTH-PADE-q10', C: 'GTH-PADE-q4', N: 'GTH-PADE-q5' },
    functional: 'lda-pz',
    cutoffHartree: 17,
    mesh: [3, 2, 1],
    shift: [0.5, 0.25, 0],
    occupations: { scheme: 'cold', widthHartree: 0.01 },
    grid: [30, 32, 36],
  },
  {
    name: 'magnesium-hcp-gaussian-shifted',
    cell: hexagonal(3.21, 5.21),
    sites: [
      ['Mg', [1 / 3, 2 / 3, 0.25]],
      ['Mg', [2 / 3, 1 / 3, 0.75]],
    ],
    entries: { Mg: 'GTH-PADE-q2' },
    functional: 'lda-pz',
    cutoffHartree: 8,
    mesh: [4, 4, 3],
    shift: [0, 0, 0.5],
    occupations: { scheme: 'gaussian', widthHartree: 0.01 },
    grid: [15, 15, 30],
  },
  {
    name: 'bismuth-a7-methfessel-paxton-shifted',
    cell: rhombohedral(4.75, 57.2),
    sites: [
      ['Bi', [0.234, 0.234, 0.234]],
      ['Bi', [0.766, 0.766, 0.766]],
    ],
    entries: { Bi: 'GTH-PADE-q5' },
    functional: 'lda-pz',
    cutoffHartree: 10,
    mesh: [3, 3, 3],
    shift: [0.5, 0.5, 0.5],
    // Below this there are several Fermi levels, and pw.x does not take the one nearest the Gaussian solution.
    occupations: { scheme: 'methfessel-paxton', widthHartree: 0.05 },
    grid: [25, 25, 25],
  },
  {
    name: 'indium-phosphide-weighted-list',
    cell: [
      [0, 2.935, 2.935],
      [2.935, 0, 2.935],
      [2.935, 2.935, 0],
    ],
    sites: [
      ['In', [0, 0, 0]],
      ['P', [0.25, 0.25, 0.25]],
    ],
    entries: { In: 'GTH-PADE-q13', P: 'GTH-PADE-q5' },
    functional: 'lda-pz',
    cutoffHartree: 12,
    list: [
      { fractional: [0.1, 0.2, 0.3], weight: 1 },
      { fractional: [0.05, 0, -0.4], weight: 2 },
      { fractional: [0.5, 0.5, 0], weight: 0.5 },
      { fractional: [0.333, 0.333, 0.1], weight: 3 },
    ],
    hasSymmetry: false,
    grid: [25, 25, 25],
  },
];

const path = new URL('../tests/reference/planewave.json', import.meta.url);
const names = process.argv.slice(2);
const known = names.length ? JSON.parse(readFileSync(path, 'utf8')).cases : [];
/** A long cell of a metal with one atom missing: long waves of charge, which show in the terms where the cycle ends too soon. */
const faces = [
  [0, 0, 0],
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
];
cases.push({
  name: 'aluminium-vacancy-odd-fermi-dirac',
  cell: [
    [4.05, 0, 0],
    [0, 4.05, 0],
    [0, 0, 16.2],
  ],
  sites: [0, 1, 2, 3].flatMap((layer) => faces.map(([x, y, z]) => ['Al', [x, y, (layer + z) / 4]])).slice(0, 15),
  entries: { Al: 'GTH-PBE-q3' },
  functional: 'pbe',
  cutoffHartree: 7,
  mesh: [3, 3, 1],
  occupations: { scheme: 'fermi-dirac', widthHartree: 0.01 },
  grid: [20, 20, 80],
});

cases.push(
  {
    name: 'oxygen-molecule-spin-pbe',
    cell: [
      [5, 0, 0],
      [0, 5.2, 0],
      [0, 0, 6],
    ],
    sites: [
      ['O', [0.5, 0.5, 0.4], 1],
      ['O', [0.5, 0.5, 0.6], 1],
    ],
    entries: { O: 'GTH-PBE-q6' },
    functional: 'pbe',
    cutoffHartree: 25,
    mesh: [1, 1, 1],
    occupations: { scheme: 'fermi-dirac', widthHartree: 0.005 },
    grid: [48, 48, 60],
  },
  {
    name: 'oxygen-triclinic-spin-pbesol',
    cell: [
      [0.05, 2.1, 2.2],
      [2.15, 0, 2.1],
      [2.2, 2.1, 0.1],
    ],
    sites: [
      ['O', [0, 0, 0], 1],
      ['O', [0.45, 0.5, 0.47], 1],
    ],
    entries: { O: 'GTH-PBE-q6' },
    functional: 'pbesol',
    cutoffHartree: 25,
    mesh: [2, 2, 2],
    occupations: { scheme: 'fermi-dirac', widthHartree: 0.005 },
    grid: [30, 30, 30],
  },
  {
    name: 'nickel-fixed-magnetisation-pz',
    cell: [
      [0, 1.76, 1.76],
      [1.76, 0, 1.76],
      [1.76, 1.76, 0],
    ],
    sites: [['Ni', [0, 0, 0], 1]],
    entries: { Ni: 'GTH-PADE-q10' },
    functional: 'lda-pz',
    cutoffHartree: 40,
    mesh: [4, 4, 4],
    occupations: { scheme: 'methfessel-paxton', widthHartree: 0.02 },
    totalMagnetisation: 0.7,
    grid: [32, 32, 32],
  },
  {
    name: 'hydrogen-chain-antiferromagnetic-pw92',
    cell: [
      [3.5, 0, 0],
      [0, 3.5, 0],
      [0, 0, 4.4],
    ],
    sites: [
      ['H', [0, 0, 0], 0.8],
      ['H', [0.03, 0, 0.48], -0.8],
    ],
    entries: { H: 'GTH-PADE-q1' },
    functional: 'lda-pw92',
    cutoffHartree: 15,
    mesh: [2, 2, 3],
    bandCount: 5,
    // Wide enough to fix the Fermi level within the gap.
    occupations: { scheme: 'gaussian', widthHartree: 0.02 },
    grid: [40, 40, 45],
  },
);

const results = cases.map((c) => {
  const kept = known.find(({ name }) => name === c.name);
  if (kept && !names.includes(c.name)) return kept;
  const folder = mkdtempSync(join(tmpdir(), 'pw-reference-'));
  const reduced = { ...c, hasSymmetry: (c.hasSymmetry ?? true) && !c.shift?.some(Boolean) };
  const expected = readPwscf(folder, runPwscf(reduced, folder), c);
  rmSync(folder, { recursive: true });
  console.log(
    c.name,
    expected.energyHartree,
    JSON.stringify(expected.termsHartree),
    expected.fermiHartree,
    expected.kpoints.length,
  );
  return { name: c.name, input: engineInput(c), expected };
});
writeFileSync(
  path,
  `${JSON.stringify({ origin: 'Quantum ESPRESSO 6.7 (Debian), conv_thr 1e-13 Ry, by scripts/make-planewave-reference.mjs', cases: results }, null, 1)}\n`,
);

/** The same case as our engine takes it. */
function engineInput(c) {
  return {
    task: 'scf',
    structure: {
      cellAngstrom: c.cell,
      periodic: [true, true, true],
      sites: c.sites.map(([element, fractional, momentBohrMagneton]) => ({
        element,
        fractional,
        ...(momentBohrMagneton ? { momentBohrMagneton } : {}),
      })),
    },
    functional: c.functional,
    cutoffHartree: c.cutoffHartree,
    kpoints: c.list ? { list: c.list } : { mesh: c.mesh, shift: c.shift ?? [0, 0, 0] },
    occupations: c.occupations ?? { scheme: 'fixed' },
    ...(c.sites.some(([, , moment]) => moment)
      ? { spin: { kind: 'collinear', totalMagnetisation: c.totalMagnetisation ?? null } }
      : {}),
    // Of a shifted mesh pw.x takes all points; ours reduces with what the shift leaves, and must get the same.
    symmetry: c.hasSymmetry ?? true,
    pseudopotentialEntries: c.entries,
    fftGrid: c.grid,
  };
}
