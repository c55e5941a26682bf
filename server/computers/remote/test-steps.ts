import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { BackendId } from '@/kernels/planewave/backends/backend';
import type { ComputerSettings, TestStep, TestStepName } from '@/server/schemas/computers';
import { ComputerError, unanswered } from '../computer-error';
import { commandLine } from '../shell/quote';
import { putFile, runChecked, type Shell } from '../shell/shell';
import { fileHash } from './file-hash';
import { loadModules } from './job-script';
import { openWorkFolder } from './scripts';

/** What a test found out. */
export interface Findings {
  steps: TestStep[];
  backend: BackendId | null;
  /** A key that nobody has accepted. */
  fingerprint: string | null;
  isKeyChanged: boolean;
}

const titles: Record<TestStepName, string> = {
  connect: 'Connect',
  write: 'Write into the work folder',
  run: 'Run a command',
  read: 'Read it back',
  scheduler: 'Ask the scheduler',
  kernel: 'Compute with the embedded engine',
};
const KERNEL_TIMEOUT_MS = 120_000;

/** Goes through what a job needs, step by step; what follows a failed step is skipped. */
export async function runTestSteps(shell: Shell, settings: ComputerSettings, kernelFile: string): Promise<Findings> {
  const findings: Findings = { steps: [], backend: null, fingerprint: null, isKeyChanged: false };
  const word = Math.random().toString(36).slice(2);
  let root = '';
  const acts: Record<TestStepName, () => Promise<string>> = {
    connect: async () => text(await runChecked(shell, 'echo "$(id -un) on $(uname -n), $(uname -s) $(uname -m)"', [])),
    write: async () => {
      root = text(await runChecked(shell, openWorkFolder, [settings.workFolder]));
      await putFile(shell, `${root}/test-${word}/note`, word, word.length);
      return root;
    },
    run: async () =>
      text(
        await runChecked(shell, 'cd "$1" && cat note note > twice && echo "done in $PWD"', [`${root}/test-${word}`]),
      ),
    read: async () => {
      const back = text(await runChecked(shell, 'cat "$1/twice"', [`${root}/test-${word}`]));
      if (back !== word + word)
        throw new ComputerError(
          'remote-refused',
          'What was read is not what was written.',
          'Its login shell must print nothing by itself.',
        );
      return 'What was read is what was written.';
    },
    scheduler: () => askScheduler(shell, settings),
    kernel: async () => {
      const { said, backend } = await runKernel(shell, settings, { root, folder: `${root}/test-${word}`, kernelFile });
      findings.backend = backend;
      return said;
    },
  };
  for (const [name, act] of Object.entries(acts) as [TestStepName, () => Promise<string>][]) {
    const began = performance.now();
    const step = (rest: Pick<TestStep, 'state' | 'message' | 'advice'>): TestStep => ({
      ...{ name, title: titles[name], ...rest },
      seconds: Number(((performance.now() - began) / 1000).toFixed(2)),
    });
    if (findings.steps.some(({ state }) => state === 'failed')) {
      findings.steps.push(step({ state: 'skipped', message: 'A step before it failed.', advice: null }));
      continue;
    }
    try {
      findings.steps.push(step({ state: 'passed', message: await act(), advice: null }));
    } catch (err) {
      if (!(err instanceof ComputerError)) throw err;
      findings.fingerprint = err.fingerprint;
      findings.isKeyChanged = err.code === 'host-key-changed';
      findings.steps.push(step({ state: 'failed', message: err.message, advice: err.advice }));
    }
  }
  if (root) await shell.run('rm -rf -- "$1"', [`${root}/test-${word}`]).catch(() => undefined);
  return findings;
}

const text = (bytes: Buffer) => bytes.toString('utf8').trim();

async function askScheduler(shell: Shell, { scheduler }: ComputerSettings): Promise<string> {
  if (scheduler.kind === 'direct') return 'None: jobs start as soon as the platform admits them.';
  const { exitCode, stdout, stderr } = await shell.run(
    `command -v sbatch > /dev/null || { echo 'sbatch is not on the PATH' >&2; exit 1; }
sinfo -h -o '%P %a %D'`,
    [],
  );
  if (exitCode !== 0) throw unanswered(stderr.trim().slice(0, 300));
  const partitions = text(stdout)
    .split('\n')
    .map((line) => line.split(' '));
  const { partition } = scheduler;
  if (partition && !partitions.some(([name]) => name?.replace('*', '') === partition))
    throw new ComputerError(
      'submission-refused',
      `Slurm answers, but has no partition ${partition}.`,
      `Choose one of ${partitions.map(([name]) => name!.replace('*', '')).join(', ')}.`,
    );
  return `Slurm answers: ${partitions.map(([name, state, nodes]) => `${name!.replace('*', '')} ${state} with ${nodes} nodes`).join(', ')}.`;
}

/** A crystal of helium, some plane waves: half a second. */
const helium = {
  task: 'scf',
  structure: {
    cellAngstrom: [
      [0, 1.8, 1.8],
      [1.8, 0, 1.8],
      [1.8, 1.8, 0],
    ],
    sites: [{ element: 'He', fractional: [0, 0, 0] }],
  },
  functional: 'lda-pw92',
  cutoffHartree: 6,
  kpoints: { mesh: [1, 1, 1], shift: [0, 0, 0] },
  occupations: { scheme: 'fixed' },
};

async function runKernel(
  shell: Shell,
  { node, prependText, modules }: ComputerSettings,
  { root, folder, kernelFile }: { root: string; folder: string; kernelFile: string },
): Promise<{ said: string; backend: BackendId }> {
  const hash = await fileHash(kernelFile);
  const program = `${root}/programs/${hash.slice(0, 32)}-kernel.mjs`;
  const isThere = (await shell.run('[ -e "$1" ]', [program])).exitCode === 0;
  if (!isThere) await putFile(shell, program, createReadStream(kernelFile), (await stat(kernelFile)).size);
  const input = JSON.stringify(helium);
  await putFile(shell, `${folder}/input.json`, input, input.length);
  const words = [node, program, 'planewave', '--input', 'input.json', '--output', 'output.json', '--quiet'];
  const script = `cd "$1" || exit 1
${loadModules(modules)}
${prependText}
cd "$1" || exit 1
version=$(${commandLine([node, '--version'])}) || { echo "Node is not there, or not under this name" >&2; exit 1; }
${commandLine(words)} > /dev/null 2> words || { tail -n 3 words >&2; echo "Node $version did not run the kernel; it needs 20.19 or newer" >&2; exit 1; }
echo "$version"; cat output.json`;
  const answer = text(await runChecked(shell, script, [folder], { timeoutMs: KERNEL_TIMEOUT_MS }));
  const [version] = answer.split('\n', 1);
  const output = readOutput(answer.slice(version!.length));
  return {
    said: `Node ${version} computes (${output.backend}).`,
    backend: /^fftw/i.test(output.backend) ? 'system' : 'wasm',
  };
}

function readOutput(json: string): { backend: string } {
  try {
    const { converged, resolved } = JSON.parse(json) as { converged: boolean; resolved: { backend: string } };
    if (converged) return resolved;
  } catch {
    // Told below, with a kernel that did not converge.
  }
  throw new ComputerError(
    'remote-refused',
    'The engine ran but gave no result.',
    'Look at Node and at the disk there.',
  );
}
