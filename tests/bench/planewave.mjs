/**
 * Wall time and peak memory of the embedded engine against Quantum ESPRESSO's pw.x on the same cases, both on two cores and with
 * start-up included: same pseudopotentials, cutoff, k-points, grid, number of bands (that of pw.x: an insulator's occupied ones), and
 * energies converged to 1e-8 Ha. pw.x has the better of one process and of two with the k-points in two pools. It prints a table and judges nothing: times depend on the machine and its load.
 * usage: node bin/brine.mjs bench planewave [--repeats N] [--backends system,npm,wasm] [NAME ...]   (each time is the best of N, 2 unless told)
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pwscfEnvironment, readPwscf, writePwscf } from '../../scripts/pw-case.mjs';
import { measureProcess } from './measure-process.mjs';
import { oxides } from './planewave-systems.data.mjs';

const ENERGY_HARTREE = 1e-8;
/** Reference systems that stand beside the checkout on the machines of the project; elsewhere the oxides alone are measured. */
const REFERENCE = '../shared/reference/planewave/cases.json';

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { repeats: { type: 'string', default: '2' }, backends: { type: 'string', default: 'system,npm,wasm' } },
});
const repeats = Number(options.repeats);
const BACKENDS = options.backends.split(',');
const hasPwscf = spawnSync('which', ['pw.x']).status === 0;
console.log(hasPwscf ? describePwscf() : 'pw.x is not installed (Debian: quantum-espresso): our times only.');
console.log(`load of the machine before: ${loadavg()[0].toFixed(2)}`);
console.log(
  ['case', ...BACKENDS, 'pw.x (processes)', 'ratios', 'memory MB', 'pw.x MB', 'energy less pw.x, Ha'].join(' | '),
);
const ratios = Object.fromEntries(BACKENDS.map((backend) => [backend, []]));
for (const { name, input } of chooseCases()) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-planewave-'));
  try {
    await compare(name, input, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
for (const [backend, list] of Object.entries(ratios)) {
  if (list.length === 0) continue;
  const mean = Math.exp(list.reduce((sum, ratio) => sum + Math.log(ratio), 0) / list.length);
  console.log(`${backend}: geometric mean of ${list.length} ratios to pw.x ${mean.toFixed(2)}`);
}

function chooseCases() {
  if (!existsSync(REFERENCE)) console.log(`${REFERENCE} is not here: the oxides alone.`);
  const reference = existsSync(REFERENCE) ? JSON.parse(readFileSync(REFERENCE, 'utf8')).cases : [];
  const scf = reference.filter(({ input }) => input.task === 'scf' && input.spin.kind === 'none');
  if (names.length === 0) return [...scf, ...oxides];
  const own = JSON.parse(readFileSync('tests/reference/planewave.json', 'utf8')).cases;
  return [...scf, ...oxides, ...own].filter(({ name }) => names.some((wanted) => name.startsWith(wanted)));
}

async function compare(name, input, folder) {
  const pwscf = hasPwscf ? await runPwscfBest(name, input, folder) : null;
  const ours = {};
  for (const backend of BACKENDS) ours[backend] = await runOurs(input, backend, pwscf?.bandCount, folder);
  if (pwscf) for (const backend of BACKENDS) ratios[backend].push(ours[backend].seconds / pwscf.seconds);
  console.log(
    [
      name,
      ...BACKENDS.map((backend) => `${ours[backend].seconds.toFixed(2)} s`),
      pwscf ? `${pwscf.seconds.toFixed(2)} s (${pwscf.processes})` : '-',
      pwscf ? BACKENDS.map((backend) => (ours[backend].seconds / pwscf.seconds).toFixed(2)).join(' ') : '-',
      BACKENDS.map((backend) => megabytes(ours[backend])).join(' '),
      pwscf ? megabytes(pwscf) : '-',
      pwscf ? BACKENDS.map((b) => (ours[b].energyHartree - pwscf.energyHartree).toExponential(0)).join(' ') : '-',
    ].join(' | '),
  );
}

function megabytes({ peakBytes }) {
  return peakBytes === null ? '-' : (peakBytes / 1e6).toFixed(0);
}

async function runOurs(input, backend, bandCount, folder) {
  const energyToleranceHartreePerAtom = ENERGY_HARTREE / input.structure.sites.length;
  writeFileSync(
    join(folder, 'in.json'),
    JSON.stringify({
      ...input,
      backend,
      threads: 2,
      scf: { energyToleranceHartreePerAtom },
      bands: { ...input.bands, count: bandCount ?? input.bands?.count },
    }),
  );
  const files = ['--input', join(folder, 'in.json'), '--output', join(folder, 'out.json')];
  const best = await bestOf(() =>
    measureProcess(process.execPath, ['dist/kernel.mjs', 'planewave', ...files, '--quiet']),
  );
  return { ...best, energyHartree: JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')).energyHartree };
}

/** The faster of pw.x alone and of two processes; a single k-point cannot be dealt out to two. */
async function runPwscfBest(name, input, folder) {
  const pwscf = toPwscf(name, input);
  writePwscf(pwscf, folder);
  const place = { cwd: folder, env: { ...process.env, ...pwscfEnvironment } };
  const two = '--oversubscribe -np 2 --mca mpi_yield_when_idle 1 --bind-to none pw.x -nk 2 -in x.in'.split(' ');
  const isSingle = input.kpoints.mesh?.every((n) => n === 1);
  const inTwo = isSingle ? null : await bestOf(() => measureProcess('mpirun', two, place)).catch(() => null);
  const alone = await bestOf(() => measureProcess('pw.x', ['-in', 'x.in'], place));
  const best = inTwo && inTwo.seconds < alone.seconds ? { ...inTwo, processes: 2 } : { ...alone, processes: 1 };
  const { energyHartree, kpoints } = readPwscf(folder, '', pwscf);
  return { ...best, energyHartree, bandCount: kpoints[0].eigenvaluesHartree.length };
}

async function bestOf(measure) {
  const results = [];
  for (let i = 0; i < repeats; i++) results.push(await measure());
  return results.reduce((best, next) => (next.seconds < best.seconds ? next : best));
}

function describePwscf() {
  const path = execFileSync('which', ['pw.x'], { encoding: 'utf8' }).trim();
  const libraries = execFileSync('ldd', [path], { encoding: 'utf8' }).split('\n');
  return [`${path} is linked to`, ...libraries.filter((line) => /blas|lapack|fftw/.test(line))].join('\n');
}

function toPwscf(name, input) {
  const texts = Object.fromEntries(
    Object.entries(input.pseudopotentials ?? {}).map(([element, { text }]) => [element, text]),
  );
  return {
    name,
    cell: input.structure.cellAngstrom,
    sites: input.structure.sites.map(({ element, fractional }) => [element, fractional]),
    entries: input.pseudopotentialEntries ?? texts,
    texts,
    functional: input.functional,
    cutoffHartree: input.cutoffHartree,
    mesh: input.kpoints.mesh,
    shift: input.kpoints.shift,
    list: input.kpoints.list,
    // pw.x reduces a shifted mesh with operations that the mesh does not have: the two would not have the same work.
    hasSymmetry: input.symmetry !== false && !input.kpoints.shift?.some(Boolean),
    occupations: input.occupations?.scheme === 'fixed' ? undefined : input.occupations,
    grid: input.fftGrid,
    energyToleranceRydberg: 2 * ENERGY_HARTREE,
    isFullAccuracy: false,
  };
}
