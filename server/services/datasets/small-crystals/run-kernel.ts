import { spawn } from 'node:child_process';

export interface KernelEnd {
  /** Of main.ts of the engine: 0 done, 2 bad input, 3 not converged, 75 stopped with its checkpoint written. */
  status: number;
  /** The last of what it wrote to the standard error. */
  errors: string;
}

/** Runs the built kernel on an input file; with the signal it is asked to stop. */
export function runKernel(
  { kernel, signal }: { kernel: string; signal: AbortSignal },
  { input, output, checkpoint }: { input: string; output: string; checkpoint: string },
): Promise<KernelEnd> {
  return new Promise((settle, refuse) => {
    const args = ['--input', input, '--output', output, '--checkpoint', checkpoint, '--quiet'];
    const child = spawn(process.execPath, [kernel, 'planewave', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    let errors = '';
    child.stderr.on('data', (bytes: Buffer) => {
      errors = (errors + bytes.toString()).slice(-4_000);
    });
    child.on('error', refuse);
    child.on('close', (status) => {
      signal.removeEventListener('abort', stop);
      settle({ status: status ?? 1, errors });
    });
  });
}

/** What is recorded of a run that gave no result. */
export function failureOf({ status, errors }: KernelEnd): { code: string; message: string } {
  if (status === 3) return { code: 'not-converged', message: 'The calculation did not converge.' };
  const last = errors.trimEnd().split('\n').at(-1) ?? '';
  try {
    const { code, message } = JSON.parse(last) as { code: string; message: string };
    return { code, message };
  } catch {
    return { code: 'ended', message: `The kernel ended with status ${status}: ${last.slice(0, 500)}` };
  }
}
