import type { ComputerSettings } from '@/server/schemas/computers';
import type { ComputerSummary } from '@/server/schemas/system';

/** "over SSH, Slurm" */
export function reachWords({
  transport,
  scheduler,
  isOwn,
}: Pick<ComputerSummary, 'transport' | 'scheduler' | 'isOwn'>) {
  if (isOwn) return 'the machine of the platform';
  return `${transport === 'ssh' ? 'over SSH' : 'on this machine'}, ${scheduler === 'slurm' ? 'Slurm' : 'no scheduler'}`;
}

export function loadWords({ isEnabled, jobsRunning, jobsWaiting }: ComputerSummary): string {
  if (!isEnabled) return 'takes no jobs';
  if (jobsRunning + jobsWaiting === 0) return 'idle';
  return [jobsRunning > 0 ? `${jobsRunning} running` : null, jobsWaiting > 0 ? `${jobsWaiting} waiting` : null]
    .filter(Boolean)
    .join(', ');
}

/** "ada@login.example.org:22, through gate.example.org" */
export function addressWords({ transport }: ComputerSettings): string {
  if (transport.kind === 'local') return 'this machine';
  const { user, host, port, jump } = transport;
  return `${user}@${host}${port === 22 ? '' : `:${port}`}${jump ? `, through ${jump.host}` : ''}`;
}

export function schedulerWords({ scheduler }: ComputerSettings): string {
  if (scheduler.kind === 'direct') return 'none: jobs start at once, within the limits';
  const { partition, account, qos } = scheduler;
  const parts = [partition && `partition ${partition}`, account && `account ${account}`, qos && `QOS ${qos}`].filter(
    Boolean,
  );
  return ['Slurm', ...parts].join(', ');
}
