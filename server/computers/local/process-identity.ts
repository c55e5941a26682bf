import { readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same number by the boot of the machine and its start time. */
export interface ProcessIdentity {
  pid: number;
  bootId: string;
  /** Clock ticks since boot; `-` where the system does not tell. */
  startTicks: string;
}

const readOr = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
};

export const bootId = (): string => readOr('/proc/sys/kernel/random/boot_id') ?? '-';

/** Field 22 of /proc/PID/stat, counted after the name, which may hold spaces and brackets. */
export function startTicks(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`);
  return stat === null ? '-' : (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-');
}

export const identityOf = (pid: number): ProcessIdentity => ({ pid, bootId: bootId(), startTicks: startTicks(pid) });

export function isRunning({ pid, bootId: boot, startTicks: ticks }: ProcessIdentity): boolean {
  if (boot !== bootId()) return false;
  const stat = readOr(`/proc/${pid}/stat`);
  if (stat !== null) return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2)) && ticks === startTicks(pid);
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'EPERM';
  }
}
