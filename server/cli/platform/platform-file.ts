import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '@/scripts/file-lock.mjs';
import { identityOf, isRunning, type ProcessIdentity } from '@/server/computers/local/process-identity';
import { env } from '@/server/env';

/** What a running platform writes down about itself in its data folder; the file is also the lock on the folder. */
export interface Platform {
  starter: ProcessIdentity;
  /** Processes it started, to be ended by the next start if it could not do so itself. */
  children: ProcessIdentity[];
  /** `http://127.0.0.1:3000`; absent while it starts. */
  origin?: string;
}

const file = () => join(env().dataFolder, 'platform.json');

/** The platform that runs in this data folder; null where none does. */
export function readPlatform(): Platform | null {
  try {
    const written = parse(readFileSync(file(), 'utf8'));
    return isRunning(written.starter) ? written : null;
  } catch {
    return null;
  }
}

/**
 * Takes the data folder for this process. Of several starts at the same instant one gets it; the others are told who has it.
 * `left` are the processes of a platform that was killed.
 */
export function claimPlatform(): { other: Platform } | { other: null; left: ProcessIdentity[] } {
  const mine: Platform = { starter: identityOf(process.pid), children: [] };
  const claim = takeLock(file(), JSON.stringify(mine), (text) => isRunning(parse(text).starter));
  if (claim.holder !== null) return { other: parse(claim.holder) };
  const left = claim.left === null ? [] : parse(claim.left).children;
  // Told on, in case this start is killed before it could end them.
  if (left.length > 0) writePlatform({ ...mine, children: left });
  return { other: null, left };
}

export function writePlatform(platform: Platform): void {
  const temporary = `${file()}.new`;
  writeFileSync(temporary, JSON.stringify(platform), { mode: 0o600 });
  renameSync(temporary, file());
}

export const removePlatform = () => rmSync(file(), { force: true });

/** A file that holds something else was made by no platform. */
function parse(text: string): Platform {
  try {
    const { starter, children = [], origin } = JSON.parse(text) as Platform;
    if (starter) return { starter, children, ...(origin ? { origin } : {}) };
  } catch {
    // As below.
  }
  return { starter: { pid: 0, bootId: '', startTicks: '' }, children: [] };
}
