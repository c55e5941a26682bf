import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity } from '@/server/computers/local/process-identity';
import { env } from '@/server/env';

/** What a running platform writes down about itself in its data folder. */
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
  const written = readPlatformFile();
  return written && isRunning(written.starter) ? written : null;
}

/** Also that of a platform which is gone. */
export function readPlatformFile(): Platform | null {
  try {
    return JSON.parse(readFileSync(file(), 'utf8')) as Platform;
  } catch {
    return null;
  }
}

export function writePlatform(platform: Platform): void {
  const temporary = `${file()}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(platform), { mode: 0o600 });
  renameSync(temporary, file());
}

export const removePlatform = () => rmSync(file(), { force: true });
