// A kernel that computes nothing but keeps the contract of the real one: input, output, progress, checkpoint, exit codes.
// It takes 50 ms an iteration, scf.maxIterations of them. For tests of what happens around a kernel.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const options = { input: { type: 'string' }, output: { type: 'string' }, progress: { type: 'string' } };
const { values } = parseArgs({ options, allowPositionals: true });
const input = JSON.parse(readFileSync(values.input, 'utf8'));
const folder = dirname(values.output);
const checkpoint = join(folder, 'checkpoint', 'state.json');
let stopped = false;
process.on('SIGTERM', () => (stopped = true));

appendFileSync(join(folder, 'runs.log'), `${process.pid}\n`);
const tell = (progress) => appendFileSync(values.progress, `${JSON.stringify(progress)}\n`);
if (input.cutoffHartree === 13) {
  console.error(
    JSON.stringify({ code: 'unlucky', message: 'A cutoff of 13 Ha brings bad luck.', numbers: { cutoffHartree: 13 } }),
  );
  process.exit(2);
}
if (input.start && !existsSync(join(folder, input.start.from, 'density.npy')))
  throw new Error('no density to start from');

tell({ kind: 'phase', phase: input.task });
// As the real one it goes on from a checkpoint of the same input only.
const mixingFraction = input.scf.mixingFraction ?? null;
const left = existsSync(checkpoint) ? JSON.parse(readFileSync(checkpoint, 'utf8')) : null;
const first = left?.mixingFraction === mixingFraction ? left.iteration + 1 : 1;
if (first > 1) tell({ kind: 'note', message: `goes on at iteration ${first}` });
// A cutoff of 19 converges with little mixing only, and its iterations are few whatever is asked for; at 18 there are enough for a busy worker to look.
const isWilful = input.task === 'scf' && input.cutoffHartree === 19 && input.scf.mixingFraction !== 0.3;
// At 18 the energy swings unless a tenth is mixed; at 16 the residual stays where it is.
const swings = input.task === 'scf' && input.cutoffHartree === 18 && input.scf.mixingFraction !== 0.1;
const isStuck = input.task === 'scf' && input.cutoffHartree === 16;
const count = input.task === 'scf' ? ({ 18: 60, 19: 4 }[input.cutoffHartree] ?? input.scf.maxIterations) : 2;
const iterations = [];
for (let iteration = first; iteration <= count; iteration++) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  const residual = isStuck ? 1e-2 : 10 ** -iteration;
  const energyHartree = swings ? -7.9 + (iteration % 2) : -7.9;
  iterations.push({ iteration, energyHartree, residual, seconds: 0.05, hamiltonianApplications: 1 });
  tell({ kind: 'scf', iteration, energyHartree, residual, threshold: 1e-9, seconds: 0.05 });
  if (!stopped) continue;
  mkdirSync(dirname(checkpoint), { recursive: true });
  writeFileSync(checkpoint, JSON.stringify({ iteration, mixingFraction }));
  process.exit(75);
}
if (input.save) {
  mkdirSync(join(folder, input.save.to), { recursive: true });
  writeFileSync(join(folder, input.save.to, 'density.npy'), 'density');
}
const kpoints = (input.bands?.kpoints ?? [{ fractional: [0, 0, 0] }]).map((point) => ({ weight: 1, ...point }));
const edge = (energyHartree, band) => ({ energyHartree, band, fractional: [0, 0, 0], label: 'Γ' });
writeFileSync(
  values.output,
  JSON.stringify({
    version: 'stand-in',
    task: input.task,
    converged: input.cutoffHartree !== 17 && !isWilful,
    energyHartree: input.start ? null : -7.9,
    energyZeroWidthHartree: null,
    termsHartree: null,
    fermiHartree: 0.2,
    electrons: 8,
    eigenvalues: { kpoints, valuesHartree: [kpoints.map(() => [0, 0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.6])] },
    gap: { gapHartree: 0.1, kind: 'direct', directHartree: 0.1, valence: edge(0.2, 3), conduction: edge(0.3, 4) },
    ...(input.task === 'dos'
      ? { dos: { energiesHartree: [0, 0.1], statesPerHartree: [[1, 2]], integratedStates: [[0, 0.2]] } }
      : {}),
    iterations,
    resolved: {
      ...{
        cutoffHartree: input.cutoffHartree,
        fftGrid: [12, 12, 12],
        planeWaves: 100,
        bands: 8,
        irreducibleKpoints: 1,
      },
      ...{ symmetryOperations: 48, spaceGroupNumber: 227, pseudopotentials: {}, backend: 'wasm', threads: 1 },
    },
    notes: [],
    timings: {},
  }),
);
process.exit(input.cutoffHartree === 17 || isWilful ? 3 : 0);
