import { join } from 'node:path';
import { build } from 'esbuild';
import { buildClient } from './build-client.mjs';
import { buildKernel } from './build-kernel.mjs';
import { buildLanguage } from './build-language.mjs';
import { root } from './stamps.mjs';

/** The command line, the worker, the runtimes, the threads that read structures, notebook files and AiiDA's archives, and the runner of pw.x: ours in one file each, packages from node_modules; the kernel, all in one; what notebooks import; and what helps to write them. */
export async function buildPrograms() {
  await Promise.all([
    build({
      entryPoints: {
        cli: join(root, 'server/cli/main.ts'),
        worker: join(root, 'server/workflows/worker.ts'),
        runtimes: join(root, 'server/runtime/main.ts'),
        'espresso-job': join(root, 'server/engines/espresso/job/main.ts'),
        'aiida-thread': join(root, 'server/services/provenance/archive/aiida/thread.ts'),
        'notebook-thread': join(root, 'server/services/notebooks/thread/entry.ts'),
        'structure-thread': join(root, 'server/services/structures/thread/entry.ts'),
      },
      outdir: join(root, 'dist'),
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      logLevel: 'warning',
      absWorkingDir: root,
    }),
    buildKernel(),
    buildClient(),
    buildLanguage(),
  ]);
}
