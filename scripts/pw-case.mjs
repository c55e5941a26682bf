// Inputs and runs of Quantum ESPRESSO's pw.x for a case that both engines can compute: the same Goedecker-Teter-Hutter
// entries, cutoff, k-points and real-space grid.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
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
  {
    cell,
    sites,
    functional,
    cutoffHartree,
    mesh,
    shift = [0, 0, 0],
    occupations,
    grid,
    entries,
    energyToleranceRydberg = 1e-13,
    isFullAccuracy = true,
  },
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
&electrons conv_thr=${energyToleranceRydberg}, electron_maxstep=200, diago_thr_init=1e-4, diago_full_acc=.${isFullAccuracy}. /
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

/** Runs pw.x on one process in `folder` and returns what it printed; results stand in x.save/data-file-schema.xml. */
export function runPwscf(c, folder) {
  for (const [element, name] of Object.entries(c.entries))
    writeFileSync(join(folder, `${element}.gth`), abinitGth(element, name));
  writeFileSync(join(folder, 'x.in'), pwInput(c, 'scf'));
  const one = {
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    OMPI_ALLOW_RUN_AS_ROOT: '1',
    OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1',
  };
  try {
    return execFileSync('pw.x', ['-in', 'x.in'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...one },
    });
  } catch (error) {
    throw new Error(`${c.name}: ${String(error.stdout ?? error).slice(-1500)}`);
  }
}
