import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { isFullRun } from './tests/full-run';
import { longFiles } from './tests/long-files.mjs';

const left = isFullRun ? [] : longFiles;
const resolve = { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } };

/** The end-to-end tests come last and one file after the other: they share one running platform, and time what it does. */
export default defineConfig({
  resolve,
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          name: 'parts',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/chaos/**', ...left],
          // Reference calculations take minutes on a machine that is busy otherwise.
          testTimeout: 600_000,
          hookTimeout: 240_000,
        },
      },
      {
        resolve,
        test: {
          // Alone: it takes all that the machine has, and jobs of others yield to it.
          name: 'chaos',
          include: ['tests/chaos/**/*.test.ts'],
          sequence: { groupOrder: 2 },
          // What is left is looked for until a minute has passed.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        resolve,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: left,
          globalSetup: ['tests/e2e/shared-platform.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 240_000,
          // Plots appear when the machine comes to it.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
