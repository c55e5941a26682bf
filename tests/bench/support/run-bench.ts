const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Measures, and then has what was started ended; at a signal at once. */
export async function runBench(measure: () => Promise<void>, end: () => Promise<void>): Promise<void> {
  const ended = new Promise<number>((resolve) => {
    for (const [signal, status] of Object.entries(signals)) process.on(signal, () => resolve(status));
  });
  try {
    const status = await Promise.race([measure().then(() => 0), ended]);
    process.exitCode = status;
  } finally {
    await end();
  }
  // What was measured when the signal came goes no further.
  process.exit();
}
