import type { Failure } from '@/server/schemas/process';
import type { Task } from '../engine';

/** The kernel's exit code as a failure that a person can act on. */
export function explain(exitCode: number, stderr: string, task: Task['kind']): Failure {
  if (exitCode === 3 && task === 'relax')
    return {
      code: 'relaxation-not-converged',
      message: 'The relaxation ended before the forces were small. Its last geometry is kept.',
      advice: 'Go on from the last geometry with “Use this structure”, or copy the calculation and allow more steps.',
    };
  if (exitCode === 3)
    return {
      code: 'not-converged',
      message: 'The self-consistent cycle reached its last iteration without converging.',
      advice:
        'Copy the calculation and allow more iterations, or choose a metal’s occupations if the material may be one.',
    };
  const told = lastJson(stderr);
  if (exitCode === 2)
    return {
      code: told?.code ?? 'bad-input',
      message: told?.message ?? 'The program refused its input.',
      advice: 'Copy the calculation, change what the sentence names, and submit again.',
    };
  if (/ENOSPC|no space left on device/i.test(stderr.slice(-4000)))
    return {
      code: 'disk-full',
      message: 'The disk on which the program ran became full.',
      advice: 'Free some space on it, then submit a copy.',
    };
  return {
    code: told?.code ?? 'program-failed',
    message: told?.message ?? `The program ended with exit code ${exitCode}.`,
    advice: /heap|memory/i.test(stderr.slice(-4000))
      ? 'It ran out of memory: choose a smaller cutoff or mesh, or a computer with more memory.'
      : 'The log says more. Copying and submitting it again starts it anew.',
  };
}

function lastJson(stderr: string): { code: string; message: string } | null {
  const line = stderr.trimEnd().split('\n').at(-1) ?? '';
  try {
    const value = JSON.parse(line);
    return typeof value?.code === 'string' && typeof value?.message === 'string' ? value : null;
  } catch {
    return null;
  }
}
