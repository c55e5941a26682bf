import { availableParallelism } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** The only place that reads the environment, save the level of the log. Read anew at each call, so that tests may set it. */
export function env() {
  // Told to the bundler of the web, which would else take the folder for a part of the program.
  const dataFolder = resolve(/* turbopackIgnore: true */ process.env.BRINE_DATA || '.brine');
  return {
    /** The folder with all that the platform keeps. */
    dataFolder,
    blobFolder: join(dataFolder, 'blobs'),
    runFolder: join(dataFolder, 'runs'),
    /** Where the runtimes of notebooks work, each in a folder of its own. */
    notebookFolder: join(dataFolder, 'notebooks'),
    /** What the files of one notebook may take together. */
    notebookFilesBytes: Number(process.env.BRINE_NOTEBOOK_FILES_MB || 2_000) * 1_000_000,
    logFolder: join(dataFolder, 'logs'),
    databaseUrl: process.env.DATABASE_URL || null,
    host: process.env.HOST || '127.0.0.1',
    port: Number(process.env.PORT || 3000),
    /** Where the web of this platform answers; known to the processes that `brine start` starts. */
    origin: process.env.BRINE_ORIGIN || null,
    /** The built kernel that jobs run. */
    kernelFile: resolve(/* turbopackIgnore: true */ process.env.BRINE_KERNEL || 'dist/kernel.mjs'),
    /** The program that runs jobs of Quantum ESPRESSO. */
    espressoJobFile: resolve(/* turbopackIgnore: true */ process.env.BRINE_ESPRESSO_JOB || 'dist/espresso-job.mjs'),
    /** The folder of pw.x and its companions, where it is not on the PATH. */
    espressoFolder: process.env.BRINE_ESPRESSO || null,
    /** Where the libraries of programs that jobs run are looked for. */
    libraryPath: process.env.LD_LIBRARY_PATH || null,
    /** Folders with kernels of Jupyter, beside those in which it always looks. */
    jupyterPath: (process.env.JUPYTER_PATH ?? '').split(delimiter).filter(Boolean),
    cores: Number(process.env.BRINE_CORES || availableParallelism()),
    /** How long a worker's lease lasts without a heartbeat. */
    leaseSeconds: Number(process.env.BRINE_LEASE_SECONDS || 30),
    /** Hosts and ranges within this network that addresses which people enter may lead to, with commas between them: "10.1.0.0/16,data.lab". */
    fetchAllow: (process.env.BRINE_FETCH_ALLOW ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
    /** Whether the first start computes silicon by itself, and has the platform's own dataset. */
    hasSeed: process.env.BRINE_SEED !== '0',
  };
}

export function requireDatabaseUrl(): string {
  const url = env().databaseUrl;
  if (!url) throw new Error('DATABASE_URL is not set: start the platform with `npm start`');
  return url;
}

export const VERSION = '0.1.0';
