import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { explain } from '@/server/engines/espresso/explain';
import { errorText, findFailure, findShortfall, knownFailures } from '@/server/engines/espresso/failures';
import { changeInput } from '@/server/engines/espresso/job/change-input';
import { restartHandlers } from '@/server/engines/restart-handlers.data';
import { ensurePrograms } from '../../programs';
import { makeContext } from '../context';
import { removeRuns, runTask } from './run-task';

await ensurePrograms();
afterAll(removeRuns);

const box = (routine: string, words: string) =>
  ` %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%\n     Error in routine ${routine} (1):\n     ${words}\n %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%\n`;

describe('words of the programs', () => {
  test.each([
    ['s-matrix', box('cdiaghg', 'S matrix not positive definite')],
    ['diagonalisation', box('c_bands', 'too many bands are not converged')],
    ['bravais', box('latgen', 'wrong celldm(4)')],
    ['symmetry', box('sgam_at', 'not orthogonal operation')],
    ['too-few-bands', box('setup', 'too few bands')],
    ['smearing-needed', box('electrons', 'charge is wrong: smearing is needed')],
    ['out-of-memory', 'Operating system error: Cannot allocate memory\nAllocation would exceed memory limit'],
    ['walltime', '     Maximum CPU time exceeded'],
    [
      'cell-grew',
      box('scale_h', 'Not enough space allocated for radial FFT: try restarting with a larger cell_factor'),
    ],
    ['fermi-level', box('efermig', 'internal error, cannot bracket Ef')],
    ['crashed', 'Program received signal SIGSEGV: Segmentation fault - invalid memory reference.'],
    ['hubbard', box('set_hubbard_l', 'pseudopotential not yet inserted')],
    ['disk-full', 'forrtl: No space left on device'],
  ])('tell of %s', (code, words) => {
    expect(findFailure(words, null)!.code).toBe(code);
  });

  test('count as the program’s verdict where they stand in its frame, before all else', () => {
    const words = `     cdiaghg : 0.1s CPU\n convergence NOT achieved after 3 iterations\n${box('setup', 'too few bands')}`;
    expect(findFailure(words, null)!.code).toBe('too-few-bands');
    expect(errorText(words)).toBe('Error in routine setup (1): too few bands');
  });

  test('that are remarks or times make no failure of a run that ended well', () => {
    expect(findShortfall('     cdiaghg      :      0.21s CPU\n   JOB DONE.')).toBeNull();
    expect(findShortfall('     convergence NOT achieved after  80 iterations: stopping')!.code).toBe('not-converged');
  });

  test('of each known failure have a sentence, advice and a name of their own', () => {
    expect(new Set(knownFailures.map(({ code }) => code)).size).toBe(knownFailures.length);
    for (const { message, advice } of knownFailures) {
      expect(message).toMatch(/\.$/);
      expect(advice).toMatch(/\.$/);
    }
  });
});

test('a remedy changes its keys and leaves the rest of the input', () => {
  const [remedy] = restartHandlers.espresso['s-matrix']!;
  const changed = changeInput("&CONTROL\n prefix='pw'\n/\n&ELECTRONS\n mixing_beta=0.7\n/\nK_POINTS gamma\n", remedy!);
  expect(changed).toBe(
    "&CONTROL\n  prefix = 'pw'\n/\n&ELECTRONS\n  mixing_beta = 7d-1\n  diagonalization = 'cg'\n/\nK_POINTS gamma\n",
  );
});

/** A pw.x that does what the test says: its text is the body of a shell script. */
async function runStandIn(body: string) {
  const bin = mkdtempSync(join(tmpdir(), 'brine-stand-in-'));
  writeFileSync(join(bin, 'pw.x'), `#!/bin/sh\n${body}\n`);
  chmodSync(join(bin, 'pw.x'), 0o755);
  process.env.BRINE_ESPRESSO = bin;
  try {
    return runTask({ kind: 'scf' }, await makeContext());
  } finally {
    delete process.env.BRINE_ESPRESSO;
  }
}

test('a program that is killed is reported as killed', async () => {
  const run = await runStandIn('echo starting; kill -9 $$');
  expect(run.exitCode).toBe(1);
  expect(explain(run.exitCode, run.stderr)).toMatchObject({
    code: 'killed',
    message: expect.stringContaining('killed'),
  });
});

test('a failure whose remedies do not help ends after a few tries', async () => {
  const run = await runStandIn(
    `echo run >> tries; printf '%s' "${box('cdiaghg', 'S matrix not positive definite')}"; exit 1`,
  );
  expect(explain(run.exitCode, run.stderr)).toMatchObject({
    code: 's-matrix',
    message: expect.stringContaining('It said'),
  });
  expect(run.read('tries').trim().split('\n')).toHaveLength(2);
  expect(run.read('pw.in')).toContain("diagonalization = 'cg'");
});

test('a failure that nobody knows is told in the program’s words', async () => {
  const run = await runStandIn(`printf '%s' "${box('mystery', 'the moon was full')}"; exit 3`);
  const failure = explain(run.exitCode, run.stderr);
  expect(failure).toMatchObject({ code: 'program-failed', message: expect.stringContaining('the moon was full') });
});
