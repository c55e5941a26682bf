// Inputs and runs of Quantum ESPRESSO's pw.x for a case that both engines can compute: the same Goedecker-Teter-Hutter
// entries, cutoff, k-points and real-space grid.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const kernels = new URL('../kernels/', import.meta.url).pathname;
const bundle = await build({
  stdin: {
    contents: `export { gthFamily } from './planewave/pseudo/gth-family.data'; export { elementRows } from './crystal/elements.data';`,
    resolveDir: kernels,
  },
  bundle: true,
  format: 'esm',
  write: false,
});
const { gthFamily, elementRows } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
);
const FUNCTIONALS = {
  'lda-pz': ['sla+pz', 'PADE'],
  'lda-pw92': ['sla+pw', 'PADE'],
  pbe: ['pbe', 'PBE'],
  pbesol: ['pbesol', 'PBE'],
};
const SMEARINGS = { gaussian: 'gauss', 'methfessel-paxton': 'm-p', cold: 'm-v', 'fermi-dirac': 'f-d' };

/** An entry of the built-in family as a file of ABINIT's format 10. */
export function abinitGth(element, name) {
  return writeAbinitGth(element, name, (_l, h) => h);
}

/** pw.x 6.7 divides its f projectors by 105 instead of sqrt(105): coefficients 105 times as large make up for it. */
function pwscfGth(element, name) {
  return writeAbinitGth(element, name, (l, h) => (l === 3 ? 105 * h : h));
}

function writeAbinitGth(element, name, scale) {
  const [, , electrons, localRadius, c, channels] = gthFamily.find((row) => row[0] === element && row[1] === name);
  const valence = electrons.reduce((sum, n) => sum + n, 0);
  const lines = [
    `Goedecker pseudopotential for ${element} (${name})`,
    `${1 + elementRows.findIndex(([symbol]) => symbol === element)} ${valence} 000000 zatom,zion,pspdat`,
    `10 11 ${channels.length - 1} 0 2001 0`,
    `${localRadius} ${c.length} ${c.join(' ')}`,
    `${channels.length}`,
  ];
  channels.forEach(([radius, ...upper], l) => {
    const count = (Math.sqrt(8 * upper.length + 1) - 1) / 2;
    let next = 0;
    for (let row = 0; row < Math.max(count, 1); row++) {
      const numbers = upper
        .slice(next, next + count - row)
        .map((h) => scale(l, h))
        .join(' ');
      next += count - row;
      lines.push(row === 0 ? `${radius} ${count} ${numbers}` : numbers);
    }
    if (l > 0) for (let row = 0; row < count; row++) lines.push(new Array(count - row).fill('0.0').join(' '));
  });
  return `${lines.join('\n')}\n`;
}

/** pw.x leaves the highest empty bands short of their values now and then: so many more are computed than are kept. */
const SPARE_BANDS = 4;

function pwInput(
  {
    cell,
    sites,
    functional,
    cutoffHartree,
    mesh,
    shift = [0, 0, 0],
    list,
    isTimeReversible = true,
    hasSymmetry = !shift.some(Boolean),
    occupations,
    grid,
    entries,
    energyToleranceRydberg = 1e-13,
    isFullAccuracy = true,
    totalMagnetisation = null,
    bandCount,
  },
  calculation,
) {
  const scheme = occupations
    ? `occupations='smearing', smearing='${SMEARINGS[occupations.scheme]}', degauss=${2 * occupations.widthHartree}`
    : "occupations='fixed'";
  // With spin sites of different moments are types of their own, as fractions of the valence.
  const typeOf = ([element, , moment = 0]) => (moment ? `${element}${moment > 0 ? 'u' : 'd'}` : element);
  const types = [...new Map(sites.map((site) => [typeOf(site), site])).entries()];
  const isSpin = totalMagnetisation !== null || sites.some(([, , moment]) => moment);
  const spin = isSpin
    ? `, nspin=2${types.map(([, [element, , moment = 0]], i) => `, starting_magnetization(${i + 1})=${moment / valenceOf(element, entries[element])}`).join('')}${totalMagnetisation === null ? '' : `, tot_magnetization=${totalMagnetisation}`}`
    : '';
  // pw.x reduces a shifted mesh with the whole crystal group even where the mesh does not have it: those cases run without symmetry.
  const symmetry = `nosym=.${!hasSymmetry}., noinv=.${!isTimeReversible}.`;
  return `&control calculation='${calculation}', prefix='x', outdir='./', pseudo_dir='./', verbosity='high', tprnfor=.true. /
&system ibrav=0, nat=${sites.length}, ntyp=${types.length}, ecutwfc=${2 * cutoffHartree}, nr1=${grid[0]}, nr2=${grid[1]}, nr3=${grid[2]}, input_dft='${FUNCTIONALS[functional][0]}', ${scheme}${spin}${bandCount ? `, nbnd=${bandCount + SPARE_BANDS}` : ''}, ${symmetry} /
&electrons conv_thr=${energyToleranceRydberg}, electron_maxstep=200, diago_thr_init=1e-4, diago_full_acc=.${isFullAccuracy}. /
ATOMIC_SPECIES
${types.map(([type, [element]]) => `${type} 1.0 ${element}.gth`).join('\n')}
CELL_PARAMETERS angstrom
${cell.map((row) => row.map((x) => x.toFixed(12)).join(' ')).join('\n')}
ATOMIC_POSITIONS crystal
${sites.map((site) => `${typeOf(site)} ${site[1].map((v) => v.toFixed(12)).join(' ')}`).join('\n')}
${writeKpoints(mesh, shift, list)}
`;
}

function valenceOf(element, name) {
  const [, , electrons] = gthFamily.find((row) => row[0] === element && row[1] === name);
  return electrons.reduce((sum, n) => sum + n, 0);
}

/** pw.x knows shifts of half a step only: other meshes are written out point by point. */
function writeKpoints(mesh, shift, list) {
  if (!list && shift.every((s) => s === 0 || s === 0.5))
    return `K_POINTS automatic\n${mesh.join(' ')} ${shift.map((s) => (s ? 1 : 0)).join(' ')}`;
  const points = list ?? meshPoints(mesh, shift);
  const lines = points.map(({ fractional, weight }) => [...fractional, weight].map((x) => x.toFixed(14)).join(' '));
  return `K_POINTS crystal\n${points.length}\n${lines.join('\n')}`;
}

function meshPoints(mesh, shift) {
  const count = mesh[0] * mesh[1] * mesh[2];
  return Array.from({ length: count }, (_, index) => {
    const n = [Math.floor(index / (mesh[1] * mesh[2])), Math.floor(index / mesh[2]) % mesh[1], index % mesh[2]];
    return { fractional: n.map((x, i) => (x + shift[i]) / mesh[i]), weight: 1 / count };
  });
}

/** One thread a process, and MPI started as whoever runs this. */
export const pwscfEnvironment = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  OMPI_ALLOW_RUN_AS_ROOT: '1',
  OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1',
};

/** Writes x.in and the pseudopotentials of a case into `folder`: the entries of the family, or the files' texts where given. */
export function writePwscf(c, folder) {
  for (const [element, name] of Object.entries(c.entries))
    writeFileSync(join(folder, `${element}.gth`), c.texts?.[element] ?? pwscfGth(element, name));
  writeFileSync(join(folder, 'x.in'), pwInput(c, 'scf'));
}

/** Runs pw.x on one process in `folder` and returns what it printed; results stand in x.save/data-file-schema.xml. */
export function runPwscf(c, folder) {
  writePwscf(c, folder);
  try {
    return execFileSync('pw.x', ['-in', 'x.in'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...pwscfEnvironment },
    });
  } catch (error) {
    throw new Error(`${c.name}: ${String(error.stdout ?? error).slice(-1500)}`);
  }
}

/**
 * Energies (Ha), their terms, and eigenvalues at every k-point of a run in `folder` that printed `output`.
 * Throws where pw.x did not take the grid of the case.
 */
export function readPwscf(folder, output, { name, grid: wantedGrid, bandCount }) {
  const xml = readFileSync(join(folder, 'x.save/data-file-schema.xml'), 'utf8');
  const text = (tag, from = xml) => new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(from)?.[1];
  const grid = /<fft_grid nr1="(\d+)" nr2="(\d+)" nr3="(\d+)"/.exec(xml).slice(1).map(Number);
  if (grid.join() !== wantedGrid.join()) throw new Error(`${name}: pw.x took the grid ${grid}`);
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
    return {
      fractional: fractional.map((x) => Number(x.toFixed(10))),
      weight: Number(weight),
      eigenvaluesHartree: keepBands(text('eigenvalues', block).trim().split(/\s+/).map(Number), bandCount),
    };
  });
  const weights = kpoints.reduce((sum, { weight }) => sum + weight, 0);
  for (const kpoint of kpoints) kpoint.weight /= weights;
  return {
    energyHartree: term('etot'),
    termsHartree: {
      oneElectron: printed('one-electron contribution'),
      hartree: term('ehart'),
      exchangeCorrelation: term('etxc'),
      ewald: term('ewald'),
      smearing: term('demet') || 0,
    },
    fermiHartree: Number(text('fermi_energy') ?? text('highestOccupiedLevel')),
    forcesHartreePerBohr: threes(text('forces', xml.slice(xml.lastIndexOf('<output>'))) ?? ''),
    totalMagnetisation: Number(text('total', xml.slice(xml.indexOf('<magnetization>'))) ?? 0),
    kpoints,
  };
}

/** Numbers of a text, three by three. */
function threes(text) {
  const numbers = text.trim().split(/\s+/).filter(Boolean).map(Number);
  return Array.from({ length: numbers.length / 3 }, (_, i) => numbers.slice(3 * i, 3 * i + 3));
}

/** Of each spin the lowest bands. */
function keepBands(eigenvalues, bandCount) {
  if (!bandCount) return eigenvalues;
  const perSpin = bandCount + SPARE_BANDS;
  return eigenvalues.filter((_, i) => i % perSpin < bandCount);
}
