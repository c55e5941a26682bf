import type { Failure } from '@/server/schemas/process';
import { failureByCode } from './failures';

/** The last line of standard error names the failure; its advice stands in the table. */
export function explain(exitCode: number, stderr: string): Failure {
  const told = lastFailure(stderr);
  const known = told && failureByCode(told.code);
  return {
    code: told?.code ?? 'program-failed',
    message: told?.message ?? `The program ended with exit code ${exitCode}.`,
    advice: known?.advice ?? 'The log says more. Copying and submitting it again starts it anew.',
  };
}

/** Other programs may write behind it: the newest line that is one of ours. */
function lastFailure(stderr: string): { code: string; message: string } | null {
  for (const line of stderr.trimEnd().split('\n').reverse()) {
    if (!line.startsWith('{')) continue;
    try {
      const value = JSON.parse(line);
      if (typeof value?.code === 'string' && typeof value?.message === 'string') return value;
    } catch {
      // Not ours.
    }
  }
  return null;
}
