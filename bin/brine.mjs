#!/usr/bin/env node
// The command line. Needs Node alone: what is missing is installed and built first, then dist/cli.mjs takes over.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Brine needs Node 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}

const say = (line) => console.error(line);
const command = process.argv[2] ?? '--help';
/** Paths that a person typed are meant from where they stand; the platform itself works from its own folder. */
process.env.BRINE_CALLED_FROM = process.cwd();
if (process.env.BRINE_DATA) process.env.BRINE_DATA = resolve(process.env.BRINE_DATA);
process.chdir(root);

try {
  installPackages();
  const { build } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href);
  await build({ withWeb: command === 'start' && !process.argv.includes('--help'), say });
  const { main } = await import(pathToFileURL(join(root, 'dist/cli.mjs')).href);
  process.exitCode = await main(process.argv.slice(2));
} catch (err) {
  say(err instanceof Error ? err.message : String(err));
  process.exitCode = 1;
}

/** Installs from the lockfile where node_modules was not made from it. */
function installPackages() {
  const stamp = join(root, 'node_modules', '.brine-lockfile');
  const lockfile = join(root, 'package-lock.json');
  const hash = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  // Someone may have run `npm ci` by hand: npm writes this file last.
  const installed = statSync(join(root, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  if (!installed || installed.mtimeMs < statSync(lockfile).mtimeMs) {
    say('Installing packages ...');
    const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'].map((io, i) => (i === 1 ? 2 : io)),
    });
    if (run.status !== 0) throw new Error('npm ci failed: see above.');
  }
  writeFileSync(stamp, hash);
}
