/** So many calculations stand beside each other. */
export const RUNS_MAX = 6;

/** The address that compares these calculations. */
export const runsAddress = (ids: readonly string[]) => `/calculations/compare?id=${ids.slice(0, RUNS_MAX).join(',')}`;
