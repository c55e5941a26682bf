import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isRunning, type ProcessIdentity } from '@/server/computers/local/process-identity';
import { env } from '@/server/env';

export interface Child {
  name: string;
  process: ChildProcess;
  identity: ProcessIdentity;
}

/**
 * A process of the platform, in a session of its own: Ctrl-C at the terminal reaches the starter alone, which then ends
 * the others in their order. Its output goes to the log folder.
 */
export function startChild(name: string, command: string[], extra: Record<string, string>): Child {
  const log = openSync(join(env().logFolder, `${name}.log`), 'a', 0o600);
  const child = spawn(process.execPath, command, {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...extra },
  });
  closeSync(log);
  return { name, process: child, identity: identityOf(child.pid!) };
}

/** Asks a process group to end, and makes it where it does not within the time. */
export async function endGroup(identity: ProcessIdentity, graceMs: number): Promise<void> {
  const signal = (kind: NodeJS.Signals) => {
    try {
      process.kill(-identity.pid, kind);
    } catch {
      // It is gone.
    }
  };
  if (!isRunning(identity)) return;
  signal('SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isRunning(identity) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25));
  if (isRunning(identity)) signal('SIGKILL');
}
