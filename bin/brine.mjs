#!/usr/bin/env node
// The command line. Needs Node alone: what is missing is installed and built first, then dist/cli.mjs takes over.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeProcess, isDescribed, takeLock } from '../scripts/file-lock.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Brine needs Node 20.19 or later; this is ${process.version}.`);
  process.exit(1);
}

// A reader that has seen enough (`brine list | head`) is no fault; the exit status stays that of the command.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (err) => {
    if (err.code !== 'EPIPE') throw err;
  });

const say = (line) => console.error(line);
const command = process.argv[2] ?? '--help';
/** Paths that a person typed are meant from where they stand; the platform itself works from its own folder. */
process.env.BRINE_CALLED_FROM = process.cwd();
if (process.env.BRINE_DATA) process.env.BRINE_DATA = resolve(process.env.BRINE_DATA);
process.chdir(root);

const LOOK_AGAIN_MS = 200;
/** Looks before the person is told: most commands need the lock for an instant. */
const SAY_AFTER = 5;

try {
  await makeReady();
  const { main } = await import(pathToFileURL(join(root, 'dist/cli.mjs')).href);
  process.exitCode = await main(process.argv.slice(2));
} catch (err) {
  const message = err instanceof Error ? err.message : String(err);
  say(err?.code === 'ENOSPC' ? `The disk is full: ${message}` : message);
  process.exitCode = 1;
}

/** Installs and builds what is missing. An end in its midst waits for the programs that do so, and keeps the lock until then. */
async function makeReady() {
  const abort = new AbortController();
  const stop = () => abort.abort(new Error('Interrupted: the next command goes on with it.'));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  const release = await takeTurn(abort.signal);
  try {
    await installPackages(abort.signal);
    const { build } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href);
    const withWeb = command === 'start' && !process.argv.includes('--help');
    await build({ withWeb, say, signal: abort.signal });
  } finally {
    release();
    for (const signal of signals) process.off(signal, stop);
  }
}

/** Two commands at once in a fresh folder would install over each other: one does it, the others wait. */
async function takeTurn(signal) {
  const lock = join(root, '.brine.lock');
  for (let looks = 0; ; looks++) {
    signal.throwIfAborted();
    let claim;
    try {
      claim = takeLock(lock, describeProcess(process.pid), isDescribed);
    } catch (err) {
      // Where this person may not write, all is made already, or they are told below what is missing.
      if (!['EACCES', 'EROFS', 'EPERM'].includes(err.code)) throw err;
      return () => {};
    }
    if (claim.holder === null) return () => rmSync(lock, { force: true });
    if (looks === SAY_AFTER)
      say(`Waiting for process ${claim.holder.split(' ')[0]}, which installs or builds here ...`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
/** Installs from the lockfile where node_modules was not made from it. npm's record of what is installed is what it writes last. */
async function installPackages(signal) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (isInstalled(record)) return;
  say('Installing packages ...');
  rmSync(record, { force: true });
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    signal,
  });
  let fault = null;
  npm.on('error', (err) => (fault = err));
  const status = await new Promise((resolve) => npm.on('close', resolve));
  signal.throwIfAborted();
  if (fault?.code === 'ENOENT') throw new Error('npm was not found: it comes with Node, install both.');
  if (status !== 0) throw new Error('npm ci failed: see above.');
}

function isInstalled(record) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const found = readPackages(record);
  if (!found) return false;
  const isSame = ([path, entry]) => JSON.stringify(entry) === JSON.stringify(wanted[path]);
  // What is optional may be for another kind of machine.
  const isThere = ([path, entry]) => path === '' || path in found || entry.optional || entry.devOptional;
  return Object.entries(found).every(isSame) && Object.entries(wanted).every(isThere);
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
