/**
 * What DBOS is told of a workflow. It is taken up as often as workers come and go: where nothing is said DBOS gives it up after a hundred
 * times, and a calculation that waits for a person lives longer than so many restarts of a platform.
 */
export const named = (name: string) => ({ name, maxRecoveryAttempts: Number.MAX_SAFE_INTEGER });
