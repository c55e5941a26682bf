import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Watched {
  limitBytes: number;
  onExcess(): void;
}

const INTERVAL_MS = 500;
const watched = new Map<number, Watched>();
let timer: NodeJS.Timeout | null = null;
let pageBytes = 0;

export const canWatchMemory = (): boolean => existsSync('/proc/self/stat');

/**
 * Looks twice a second at what a process and all that it started hold in memory, and tells when that is too much. What
 * they share is counted for each. Gives what ends the watch.
 */
export function watchMemory(pid: number, limitBytes: number, onExcess: () => void): () => void {
  if (!canWatchMemory()) return () => undefined;
  pageBytes ||= Number(spawnSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }).stdout) || 4096;
  watched.set(pid, { limitBytes, onExcess });
  timer ??= setInterval(look, INTERVAL_MS).unref();
  return () => {
    watched.delete(pid);
    if (watched.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}

interface Process {
  pid: number;
  parent: number;
  session: number;
  bytes: number;
}

function look(): void {
  const processes = listProcesses();
  for (const [pid, { limitBytes, onExcess }] of watched) if (memoryOf(pid, processes) > limitBytes) onExcess();
}

/** Of a process, its descendants, and what left them but stayed in its session. */
export function memoryOf(pid: number, processes = listProcesses()): number {
  const own = new Set([pid]);
  // Children mostly have higher numbers than their parents, but not after the numbers began anew.
  for (let size = 0; size !== own.size; ) {
    size = own.size;
    for (const process of processes) if (own.has(process.parent) || process.session === pid) own.add(process.pid);
  }
  return processes.reduce((sum, process) => sum + (own.has(process.pid) ? process.bytes : 0), 0);
}

function listProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // Fields after the name, which may hold spaces and brackets: state, parent, group, session, ..., resident pages.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const [, parent, , session] = fields.map(Number) as [number, number, number, number];
        return [{ pid: Number(name), parent, session, bytes: Number(fields[21]) * pageBytes }];
      } catch {
        return [];
      }
    });
}
