/**
 * Wall time of the embedded engine against Quantum ESPRESSO's pw.x on the same cases, one after the other in one run, both
 * with start-up included. usage: node bin/brine.mjs bench planewave [NAME ...]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPwscf } from '../../scripts/pw-case.mjs';

const names = process.argv.slice(2);
const silicon = {
  name: 'silicon-pbe',
  input: {
    task: 'scf',
    structure: {
      cellAngstrom: [
        [0, 2.7155, 2.7155],
        [2.7155, 0, 2.7155],
        [2.7155, 2.7155, 0],
      ],
      sites: [
        { element: 'Si', fractional: [0, 0, 0] },
        { element: 'Si', fractional: [0.25, 0.25, 0.25] },
      ],
    },
    functional: 'pbe',
    cutoffHartree: 15,
    kpoints: { mesh: [4, 4, 4], shift: [0, 0, 0] },
    pseudopotentialEntries: { Si: 'GTH-PBE-q4' },
    fftGrid: [32, 32, 32],
  },
};
const cases = [silicon, ...JSON.parse(readFileSync('tests/reference/planewave.json', 'utf8')).cases].filter(
  // Where only ours reduces a shifted mesh the two do not have the same work.
  ({ name, input }) => (names.length ? names.includes(name) : !input.symmetry || !input.kpoints.shift?.some(Boolean)),
);
const hasPwscf = spawnSync('which', ['pw.x']).status === 0;
if (!hasPwscf) console.log('pw.x is not installed (Debian: quantum-espresso): our times only.');
console.log(
  [
    'case',
    'wasm, 1 thread',
    'system, 1 thread',
    'default, 2 threads',
    'pw.x, 1 process',
    'ratio of 1 thread system to pw.x',
  ].join(' | '),
);
for (const { name, input } of cases) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-planewave-'));
  const ours = (changes) =>
    timed(() => {
      // pw.x ends at an estimated error of 1e-10 Ry by the same measure.
      writeFileSync(
        join(folder, 'in.json'),
        JSON.stringify({
          ...input,
          ...changes,
          scf: { energyToleranceHartreePerAtom: 5e-11 / input.structure.sites.length },
        }),
      );
      execFileSync(process.execPath, [
        'dist/kernel.mjs',
        'planewave',
        '--input',
        join(folder, 'in.json'),
        '--output',
        join(folder, 'out.json'),
        '--quiet',
      ]);
    });
  const wasm = ours({ backend: 'wasm', threads: 1 });
  const system = ours({ backend: 'system', threads: 1 });
  const two = ours({ threads: 2 });
  const pwscf = hasPwscf ? timed(() => runPwscf(toPwscf(name, input), folder)) : null;
  console.log(
    [
      name,
      ...[wasm, system, two, pwscf].map((s) => (s === null ? '-' : `${s.toFixed(2)} s`)),
      pwscf ? (system / pwscf).toFixed(2) : '-',
    ].join(' | '),
  );
  rmSync(folder, { recursive: true });
}

function timed(work) {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

function toPwscf(name, input) {
  return {
    name,
    cell: input.structure.cellAngstrom,
    sites: input.structure.sites.map(({ element, fractional }) => [element, fractional]),
    entries: input.pseudopotentialEntries,
    functional: input.functional,
    cutoffHartree: input.cutoffHartree,
    mesh: input.kpoints.mesh,
    shift: input.kpoints.shift,
    list: input.kpoints.list,
    hasSymmetry: input.symmetry !== false && !input.kpoints.shift?.some(Boolean),
    occupations: input.occupations?.scheme === 'fixed' ? undefined : input.occupations,
    grid: input.fftGrid,
    energyToleranceRydberg: 1e-10,
    isFullAccuracy: false,
  };
}
