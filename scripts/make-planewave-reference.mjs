// Makes tests/reference/planewave.json: total energies, terms and eigenvalues of Quantum ESPRESSO's pw.x (Debian package
// quantum-espresso 6.7) for cases that other references lack: other elements, functionals, smearings, low symmetry, shifts.
// Both engines read the same Goedecker-Teter-Hutter files and use the same real-space grid. Usage: node scripts/make-planewave-reference.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const bundle = await build({
  entryPoints: [new URL('../kernels/planewave/pseudo/gth-family.data.ts', import.meta.url).pathname],
  bundle: true,
  format: 'esm',
  write: false,
});
const { gthFamily } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
);
const ATOMIC_NUMBERS = { N: 7, Al: 13, Si: 14, P: 15, S: 16, Ga: 31, Ge: 32, As: 33, B: 5, W: 74, Mo: 42, Na: 11 };
const FUNCTIONALS = {
  'lda-pz': ['sla+pz', 'PADE'],
  'lda-pw92': ['sla+pw', 'PADE'],
  pbe: ['pbe', 'PBE'],
  pbesol: ['pbesol', 'PBE'],
};
const SMEARINGS = { gaussian: 'gauss', 'methfessel-paxton': 'm-p', cold: 'm-v', 'fermi-dirac': 'f-d' };

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

function abinitGth(element, name) {
  const [, , electrons, localRadius, c, channels] = gthFamily.find((row) => row[0] === element && row[1] === name);
  const valence = electrons.reduce((sum, n) => sum + n, 0);
  const lines = [
    `Goedecker pseudopotential for ${element} (${name})`,
    `${ATOMIC_NUMBERS[element]} ${valence} 000000 zatom,zion,pspdat`,
    `10 11 ${Math.max(channels.length - 1, 0)} 0 2001 0`,
    `${localRadius} ${c.length} ${c.join(' ')}`,
    `${channels.length}`,
  ];
  channels.forEach(([radius, ...upper], l) => {
    const count = (Math.sqrt(8 * upper.length + 1) - 1) / 2;
    let next = 0;
    for (let row = 0; row < Math.max(count, 1); row++) {
      const numbers = upper.slice(next, next + count - row).join(' ');
      next += count - row;
      lines.push(row === 0 ? `${radius} ${count} ${numbers}` : numbers);
    }
    if (l > 0) for (let row = 0; row < count; row++) lines.push(new Array(count - row).fill('0.0').join(' '));
  });
  return `${lines.join('\n')}\n`;
}

function pwInput(
  { cell, sites, functional, cutoffHartree, mesh, shift = [0, 0, 0], occupations, grid, entries },
  calculation,
) {
  const scheme = occupations
    ? `occupations='smearing', smearing='${SMEARINGS[occupations.scheme]}', degauss=${2 * occupations.widthHartree}`
    : "occupations='fixed'";
  const elements = Object.keys(entries);
  // pw.x knows half shifts only, and reduces with the whole crystal group where the mesh does not have it: those cases run without symmetry.
  const symmetry = shift.some(Boolean) ? 'nosym=.true.' : 'nosym=.false.';
  return `&control calculation='${calculation}', prefix='x', outdir='./', pseudo_dir='./', verbosity='high' /
&system ibrav=0, nat=${sites.length}, ntyp=${elements.length}, ecutwfc=${2 * cutoffHartree}, nr1=${grid[0]}, nr2=${grid[1]}, nr3=${grid[2]}, input_dft='${FUNCTIONALS[functional][0]}', ${scheme}, ${symmetry} /
&electrons conv_thr=1e-13, electron_maxstep=200, diago_thr_init=1e-4, diago_full_acc=.true. /
ATOMIC_SPECIES
${elements.map((element) => `${element} 1.0 ${element}.gth`).join('\n')}
CELL_PARAMETERS angstrom
${cell.map((row) => row.map((x) => x.toFixed(12)).join(' ')).join('\n')}
ATOMIC_POSITIONS crystal
${sites.map(([element, x]) => `${element} ${x.map((v) => v.toFixed(12)).join(' ')}`).join('\n')}
K_POINTS automatic
${mesh.join(' ')} ${shift.map((s) => (s ? 1 : 0)).join(' ')}
`;
}

const results = cases.map((c) => {
  const folder = mkdtempSync(join(tmpdir(), 'pw-reference-'));
  for (const [element, name] of Object.entries(c.entries))
    writeFileSync(join(folder, `${element}.gth`), abinitGth(element, name));
  writeFileSync(join(folder, 'x.in'), pwInput(c, 'scf'));
  let output;
  try {
    output = execFileSync('pw.x', ['-in', 'x.in'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        OMP_NUM_THREADS: '1',
        OPENBLAS_NUM_THREADS: '1',
        OMPI_ALLOW_RUN_AS_ROOT: '1',
        OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1',
      },
    });
  } catch (error) {
    throw new Error(`${c.name}: ${String(error.stdout).slice(-1500)}`);
  }
  const xml = readFileSync(join(folder, 'x.save/data-file-schema.xml'), 'utf8');
  const text = (tag, from = xml) => new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(from)?.[1];
  const grid = /<fft_grid nr1="(\d+)" nr2="(\d+)" nr3="(\d+)"/.exec(xml).slice(1).map(Number);
  if (grid.join() !== c.grid.join()) throw new Error(`${c.name}: pw.x took the grid ${grid}`);
  const total = xml.slice(xml.indexOf('<total_energy>'), xml.indexOf('</total_energy>'));
  const term = (tag) => Number(text(tag, total));
  const printed = (label) =>
    Number(
      new RegExp(`${label}\\s*=\\s*(-?[\\d.]+) Ry`).exec(output.slice(output.lastIndexOf('!    total energy')))?.[1] ??
        0,
    ) / 2;
  const alat = Number(/alat="([^"]+)"/.exec(xml)[1]);
  const vectors = ['a1', 'a2', 'a3'].map((a) =>
    text(a, xml.slice(xml.lastIndexOf('<output>')))
      .trim()
      .split(/\s+/)
      .map(Number),
  );
  const kpoints = [...xml.matchAll(/<ks_energies>([\s\S]*?)<\/ks_energies>/g)].map(([, block]) => {
    const [, weight, coordinates] = /<k_point weight="([^"]+)"[^>]*>([^<]*)</.exec(block);
    // Cartesian in 2 pi/alat: fractional by the scalar product with a_i/alat.
    const k = coordinates.trim().split(/\s+/).map(Number);
    const fractional = vectors.map((a) => a.reduce((sum, x, i) => sum + (x * k[i]) / alat, 0));
    const eigenvalues = text('eigenvalues', block).trim().split(/\s+/).map(Number);
    return {
      fractional: fractional.map((x) => Number(x.toFixed(10))),
      weight: Number(weight),
      eigenvaluesHartree: eigenvalues,
    };
  });
  const weights = kpoints.reduce((sum, { weight }) => sum + weight, 0);
  for (const kpoint of kpoints) kpoint.weight /= weights;
  rmSync(folder, { recursive: true });
  const expected = {
    energyHartree: term('etot'),
    termsHartree: {
      oneElectron: printed('one-electron contribution'),
      hartree: term('ehart'),
      exchangeCorrelation: term('etxc'),
      ewald: term('ewald'),
      smearing: term('demet') || 0,
    },
    fermiHartree: Number(text('fermi_energy') ?? text('highestOccupiedLevel')),
    kpoints,
  };
  console.log(
    c.name,
    expected.energyHartree,
    JSON.stringify(expected.termsHartree),
    expected.fermiHartree,
    kpoints.length,
  );
  return {
    name: c.name,
    input: {
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
    },
    expected,
  };
});
writeFileSync(
  new URL('../tests/reference/planewave.json', import.meta.url),
  `${JSON.stringify({ origin: 'Quantum ESPRESSO 6.7 (Debian), conv_thr 1e-13 Ry, by scripts/make-planewave-reference.mjs', cases: results }, null, 1)}\n`,
);
