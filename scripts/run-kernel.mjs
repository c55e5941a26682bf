// Runs the built plane-wave kernel on an input and returns its output: for scripts that measure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const kernel = fileURLToPath(new URL('../dist/kernel.mjs', import.meta.url));

/** @throws where the kernel refuses the input; an output that is not converged is returned. */
export function runKernel(input) {
  const folder = mkdtempSync(join(tmpdir(), 'brine-measure-'));
  try {
    const [from, to] = [join(folder, 'in.json'), join(folder, 'out.json')];
    writeFileSync(from, JSON.stringify(input));
    const { status, stderr } = spawnSync(
      process.execPath,
      [kernel, 'planewave', '--input', from, '--output', to, '--quiet'],
      { encoding: 'utf8' },
    );
    if (status !== 0 && status !== 3) throw new Error(stderr.slice(-1000));
    return JSON.parse(readFileSync(to, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Primitive cells by name, rows in angstrom, of a cubic lattice constant. */
export const cubicCells = {
  sc: (a) => [
    [a, 0, 0],
    [0, a, 0],
    [0, 0, a],
  ],
  bcc: (a) => [
    [-a / 2, a / 2, a / 2],
    [a / 2, -a / 2, a / 2],
    [a / 2, a / 2, -a / 2],
  ],
  fcc: (a) => [
    [0, a / 2, a / 2],
    [a / 2, 0, a / 2],
    [a / 2, a / 2, 0],
  ],
};

/** The built-in family's cutoffs by element, entry and protocol, and the default entries of its two halves. */
export async function loadCutoffs() {
  const bundle = await build({
    stdin: {
      contents: `export { familyCutoffs, familyDefaults } from './kernels/planewave/pseudo/family-cutoffs.data';`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`);
}
