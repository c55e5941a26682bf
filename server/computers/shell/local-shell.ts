import { spawn } from 'node:child_process';
import { ComputerError } from '../computer-error';
import { OUTPUT_MAX, type Shell, type ShellOptions, type ShellResult, TIMEOUT_MS } from './shell';

/** A shell on this machine. A script that has begun goes on where the platform is killed. */
export class LocalShell implements Shell {
  run(script: string, args: readonly string[], options: ShellOptions = {}): Promise<ShellResult> {
    return new Promise((resolve, reject) => {
      const child = spawn('sh', ['-c', script, 'brine', ...args], {
        detached: true,
        cwd: process.env.HOME || '/',
        env: environment(),
      });
      const stdout: Buffer[] = [];
      let stderr = '';
      let size = 0;
      const timer = setTimeout(() => {
        fail('the command took too long');
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      }, options.timeoutMs ?? TIMEOUT_MS);
      const fail = (why: string) => {
        clearTimeout(timer);
        reject(new ComputerError('computer-unreachable', `This machine ran no command: ${why}.`, 'It is tried again.'));
      };
      child.once('error', (err) => fail(err.message));
      child.stdout.on('data', (chunk: Buffer) => {
        if (options.onOutput) return options.onOutput(chunk);
        size += chunk.length;
        if (size <= OUTPUT_MAX) stdout.push(chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        if (stderr.length < OUTPUT_MAX) stderr += chunk.toString('utf8');
      });
      child.once('close', (code) => {
        clearTimeout(timer);
        resolve({ exitCode: code ?? 255, stdout: Buffer.concat(stdout), stderr });
      });
      // A script that ends before it has read all says so by its exit status.
      child.stdin.on('error', () => undefined);
      if (options.input === undefined || typeof options.input === 'string') child.stdin.end(options.input ?? '');
      else options.input.once('error', (err) => fail(err.message)).pipe(child.stdin);
    });
  }

  close(): void {}
}

/** What a scheduler hands on to jobs: nothing of what the platform knows. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'SLURM_CONF'];
  const found = kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  return { ...Object.fromEntries(found), NODE_ENV: 'production' };
}
