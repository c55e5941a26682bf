/**
 * Left out of `npm test`, to bring it towards twenty minutes on two cores; `npm run test:full` has them. What each looks at is also met, less
 * thoroughly, by a file that stays. One of them alone: BRINE_TEST_FULL=1 npx vitest run FILE
 */
export const longFiles = [
  'tests/server/computers/change.test.ts',
  'tests/server/computers/platform.test.ts',
  'tests/server/computers/slurm.test.ts',
  'tests/server/engines/espresso/isolation.test.ts',
  'tests/server/engines/espresso/relax-both.test.ts',
  'tests/server/engines/espresso/workflow.test.ts',
  'tests/server/notebooks/hostile-files.test.ts',
  'tests/server/runtime/jupyter/pool.test.ts',
  'tests/server/workflows/rerun.test.ts',
  'tests/server/workflows/waits.test.ts',
  'tests/e2e/bad-input.test.ts',
  'tests/e2e/elsewhere.test.ts',
  'tests/e2e/families.test.ts',
  'tests/e2e/limits.test.ts',
  'tests/e2e/notebook-apps.test.ts',
  'tests/e2e/notebook-kills.test.ts',
  'tests/e2e/notebook-language.test.ts',
  'tests/e2e/notebooks-in-code.test.ts',
  'tests/e2e/provenance.test.ts',
  'tests/e2e/publish.test.ts',
  'tests/e2e/relax-and-magnets.test.ts',
  'tests/e2e/run-again.test.ts',
  'tests/e2e/without-espresso.test.ts',
];
