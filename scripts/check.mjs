// Types, lint, import rules and the fast tests, in under a minute. usage: node scripts/check.mjs
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const steps = [
  ['node_modules/typescript/bin/tsc', '-p', '.', '--noEmit'],
  ['node_modules/typescript/bin/tsc', '-p', 'kernels/tsconfig.json', '--noEmit'],
  ['node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    'tests/imports.test.ts',
    'tests/app',
    'tests/kernels/crystal',
    'tests/kernels/planewave/terms.test.ts',
    'tests/kernels/planewave/functionals.test.ts',
    'tests/kernels/planewave/observables.test.ts',
    'tests/kernels/planewave/bad-input.test.ts',
    'tests/server/engines/espresso/input.test.ts',
    'tests/server/engines/espresso/parse.test.ts',
  ],
];
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
