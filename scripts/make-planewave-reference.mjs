// Makes tests/reference/planewave.json: total energies, terms and eigenvalues of Quantum ESPRESSO's pw.x (Debian package
// quantum-espresso 6.7) for cases that other references lack: other elements, functionals, smearings, low symmetry, shifts.
// Both engines read the same Goedecker-Teter-Hutter files and use the same real-space grid. Usage: node scripts/make-planewave-reference.mjs
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
];

const results = cases.map((c) => {
  const folder = mkdtempSync(join(tmpdir(), 'pw-reference-'));
  const expected = readPwscf(folder, runPwscf(c, folder), c);
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
  new URL('../tests/reference/planewave.json', import.meta.url),
  `${JSON.stringify({ origin: 'Quantum ESPRESSO 6.7 (Debian), conv_thr 1e-13 Ry, by scripts/make-planewave-reference.mjs', cases: results }, null, 1)}\n`,
);

/** The same case as our engine takes it. */
function engineInput(c) {
  return {
    task: 'scf',
    structure: {
      cellAngstrom: c.cell,
      periodic: [true, true, true],
      sites: c.sites.map(([element, fractional]) => ({ element, fractional })),
    },
    functional: c.functional,
    cutoffHartree: c.cutoffHartree,
    kpoints: { mesh: c.mesh, shift: c.shift ?? [0, 0, 0] },
    occupations: c.occupations ?? { scheme: 'fixed' },
    symmetry: !c.shift,
    pseudopotentialEntries: c.entries,
    fftGrid: c.grid,
  };
}
