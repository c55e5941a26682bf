// Every suite on a bare machine: installs what is missing, builds, and runs them in turn.
// usage: node scripts/test.mjs [--full]   (--full: every case of the long suites)
// As root on Debian the browser, the system's numerical libraries, Quantum ESPRESSO, Python's kernel, bubblewrap, Slurm and an SSH server come from
// apt-get. A part that cannot be had is skipped by name in the last lines; with CI=true it is a failure.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { longFiles } from '../tests/long-files.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const isFull = process.argv.includes('--full');
const isCi = process.env.CI === 'true';
const missing = [];

run('npm', installArguments(), 'packages');
installDebianParts();
const { build } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href);
await build({ say: (line) => console.error(line) });

const env = { BRINE_TEST_FULL: isFull ? '1' : '', NODE_ENV: 'test' };
const reports = [];
const vitest = (...args) => {
  const report = join(root, `dist/test-report-${reports.length}.json`);
  rmSync(report, { force: true });
  reports.push(report);
  return [
    'node_modules/vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
  ];
};
const suites = [
  ['types', 'node_modules/typescript/bin/tsc', ['-p', '.', '--noEmit']],
  [
    'types of the kernels (no DOM, no Node)',
    'node_modules/typescript/bin/tsc',
    ['-p', 'kernels/tsconfig.json', '--noEmit'],
  ],
  ['lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']],
  ['unit and integration tests', ...vitest('--project', 'parts')],
  // A whole platform at a time: times and counts of processes are part of what these tests look at.
  ['the platform and its pages', ...vitest('--project', 'e2e')],
  ...(isFull ? [['workflows in trouble', ...vitest('--project', 'chaos')]] : []),
];
const failed = suites.filter(([name, program, args]) => !runSuite(name, program, args)).map(([name]) => name);
const counts = readCounts();
for (const test of counts.failures) console.log(`failed: ${test}`);
if (!isFull) console.log(`left to npm run test:full: ${longFiles.length} long files (tests/long-files.mjs)`);
for (const part of missing) console.log(`skipped: ${part}`);
if (isCi && missing.length > 0) failed.push(`missing parts: ${missing.join('; ')}`);
for (const name of failed) console.log(`failed: ${name}`);
console.log(`${counts.passed} passed, ${counts.failed + failed.length} failed, ${counts.skipped} skipped`);
process.exitCode = failed.length > 0 || counts.passed === 0 ? 1 : 0;

function runSuite(name, program, args) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [join(root, program), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'failed'} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return status === 0;
}

/** The failures of all suites by name, too: their own reports stand hundreds of lines above the last one. */
function readCounts() {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const report of reports) {
    if (!existsSync(report)) continue;
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    counts.passed += numPassedTests;
    counts.failed += numFailedTests;
    counts.skipped += numPendingTests;
    for (const { name, assertionResults, status, message } of testResults) {
      const file = relative(root, name);
      const failures = assertionResults.filter((result) => result.status === 'failed');
      for (const { fullName, failureMessages } of failures)
        counts.failures.push(`${file} > ${fullName}: ${firstLineOf(failureMessages[0])}`);
      if (status === 'failed' && failures.length === 0) counts.failures.push(`${file}: ${firstLineOf(message)}`);
    }
  }
  return counts;
}

function firstLineOf(text = '') {
  return text.split('\n', 1)[0];
}

/** `npm ci` where node_modules was not made from this lockfile, nothing else. */
function installArguments() {
  const hash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const stamp = join(root, 'node_modules', '.brine-lockfile');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return null;
  const installed = statSync('node_modules/.package-lock.json', { throwIfNoEntry: false });
  if (installed && installed.mtimeMs >= statSync('package-lock.json').mtimeMs) {
    writeFileSync(stamp, hash);
    return null;
  }
  return ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
}

function run(program, args, what) {
  if (!args) return;
  console.error(`Installing ${what} ...`);
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed.`);
}

function installDebianParts() {
  const wanted = [
    { part: 'browser (Chromium)', packages: ['chromium'], isThere: () => existsSync('/usr/bin/chromium') },
    {
      part: 'FFTW and OpenBLAS',
      packages: ['libfftw3-double3', 'libopenblas0-pthread'],
      isThere: () => hasLibrary('libfftw3.so.3') && hasLibrary('libopenblas.so.0'),
    },
    {
      part: 'Quantum ESPRESSO',
      // The second holds ultrasoft, PAW and relativistic files for the tests of installed families.
      packages: ['quantum-espresso', 'quantum-espresso-data'],
      isThere: () =>
        ['/usr/bin', '/usr/local/bin'].some((folder) => existsSync(join(folder, 'pw.x'))) &&
        existsSync('/usr/share/espresso/pseudo'),
    },
    {
      part: 'Jupyter’s checker of notebook files',
      packages: ['python3-nbformat'],
      isThere: () => existsSync('/usr/lib/python3/dist-packages/nbformat'),
    },
    {
      part: 'Python’s kernel',
      packages: ['python3-ipykernel'],
      isThere: () => existsSync('/usr/share/jupyter/kernels/python3'),
    },
    { part: 'bubblewrap', packages: ['bubblewrap'], isThere: () => hasPrograms(['bwrap']) },
  ];
  const wantedOfRoot = [
    {
      part: 'Slurm',
      packages: ['slurm-wlm', 'munge'],
      isThere: () => hasPrograms(['slurmctld', 'slurmd', 'sbatch', 'munged']),
    },
    {
      part: 'accounting of Slurm',
      packages: ['slurmdbd', 'mariadb-server'],
      isThere: () => hasPrograms(['slurmdbd', 'mariadbd']),
    },
    {
      part: 'environment modules',
      packages: ['environment-modules'],
      isThere: () => existsSync('/usr/share/modules/modulefiles'),
    },
    { part: 'SSH server', packages: ['openssh-server'], isThere: () => hasPrograms(['sshd', 'ssh-keygen']) },
  ];
  // Their daemons run as root only.
  if (process.getuid?.() === 0) wanted.push(...wantedOfRoot);
  else missing.push('Slurm and SSH (their daemons need root)');
  const absent = wanted.filter(({ isThere }) => !isThere());
  if (absent.length === 0) return;
  const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (canInstall) {
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    console.error(`Installing ${absent.flatMap(({ packages }) => packages).join(', ')} ...`);
    spawnSync('apt-get', ['update', '-q'], quiet);
    spawnSync(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', ...absent.flatMap(({ packages }) => packages)],
      quiet,
    );
  }
  for (const { part, isThere } of absent) if (!isThere()) missing.push(part);
}

function hasPrograms(names) {
  return names.every((name) => ['/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, name))));
}

function hasLibrary(name) {
  return (
    ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/local/lib'].some((folder) =>
      existsSync(join(folder, name)),
    ) || (spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '').includes(name)
  );
}
