/** Set by `npm run test:full`: every case of the long suites, not a sample. */
export const isFullRun = process.env['BRINE_TEST_FULL'] === '1';
