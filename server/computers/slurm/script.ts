import type { ComputerSettings } from '@/server/schemas/computers';

export type SlurmSettings = Extract<ComputerSettings['scheduler'], { kind: 'slurm' }>;

export interface SlurmJob {
  name: string;
  /** Of the run, on the computer. */
  folder: string;
  cores: number;
  memoryBytes: number;
  timeLimitSeconds: number;
}

const MEBIBYTE = 1024 ** 2;
/** What a program needs beside its arrays. */
const MEMORY_FLOOR_BYTES = 512 * MEBIBYTE;

/** The lines for sbatch. A job that Slurm loses is taken up by us, as a new attempt that is written down. */
export function sbatchLines({ partition, account, qos, extraLines }: SlurmSettings, job: SlurmJob): string[] {
  const memory = Math.ceil(Math.max(job.memoryBytes, MEMORY_FLOOR_BYTES) / MEBIBYTE);
  return [
    `--job-name=${job.name}`,
    '--output=slurm.out',
    `--chdir=${job.folder}`,
    '--open-mode=append',
    '--no-requeue',
    '--nodes=1',
    '--ntasks=1',
    `--cpus-per-task=${job.cores}`,
    `--mem=${memory}M`,
    `--time=${Math.ceil(job.timeLimitSeconds / 60)}`,
    ...(partition ? [`--partition=${partition}`] : []),
    ...(account ? [`--account=${account}`] : []),
    ...(qos ? [`--qos=${qos}`] : []),
    ...extraLines,
  ].map((option) => `#SBATCH ${option}`);
}

/** By it a job is found again, whoever submitted it. */
export const slurmName = ({ id, attempt }: { id: string; attempt: number }) => `brine-${id}-${attempt}`;
