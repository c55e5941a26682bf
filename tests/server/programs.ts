import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCK = 'node_modules/.brine-build-lock';
const STALE_MS = 120_000;

/** The bundles that the server uses at run time (structure thread, worker), built where they are old; one builder at a time. */
export async function ensurePrograms(): Promise<void> {
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch {
      const held = statSync(LOCK, { throwIfNoEntry: false });
      if (held && Date.now() - held.mtimeMs > STALE_MS) rmSync(LOCK, { recursive: true, force: true });
      await sleep(100);
    }
  }
  try {
    const child = spawn(process.execPath, ['scripts/build.mjs', '--programs'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`the build of the programs ended with ${code}`);
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}
