import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Task, TaskContext, TaskResult } from '@/server/engines/engine';
import { SAVE_FOLDER } from '@/server/engines/espresso/input/make-input';
import { parse } from '@/server/engines/espresso/parse/parse';
import { prepare } from '@/server/engines/espresso/prepare';

export interface TaskRun {
  exitCode: number;
  stderr: string;
  folder: string;
  read(name: string): string;
  result(): Promise<TaskResult>;
  /** What later tasks take over, by the hash that stands for it. */
  density: Record<string, string>;
}

const blobs = new Map<string, Buffer>();
const folders: string[] = [];

/** Runs a task as a worker does, without a database: lays out its folder, runs its command there, and reads what it left. */
export function runTask(
  task: Task,
  context: TaskContext,
  changeFiles = (files: Record<string, string>) => files,
): TaskRun {
  const spec = prepare(task, context);
  const folder = mkdtempSync(join(tmpdir(), 'brine-pw-'));
  folders.push(folder);
  const put = (name: string, bytes: string | Buffer) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  };
  for (const [name, text] of Object.entries(changeFiles(spec.files))) put(name, text);
  for (const [name, hash] of Object.entries(spec.blobs)) put(name, blobs.get(hash)!);
  const [program, ...args] = spec.command;
  let exitCode = 0;
  let stderr = '';
  try {
    execFileSync(program!, args, { cwd: folder, env: { ...process.env, ...spec.environment }, stdio: 'pipe' });
  } catch (err) {
    const failed = err as { status: number; stderr: Buffer };
    exitCode = failed.status;
    stderr = failed.stderr.toString();
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const density: Record<string, string> = {};
  if (task.kind === 'scf' && exitCode === 0)
    for (const name of readdirSync(join(folder, SAVE_FOLDER))) {
      const bytes = readFileSync(join(folder, SAVE_FOLDER, name));
      const hash = createHash('sha256').update(bytes).digest('hex');
      blobs.set(hash, bytes);
      density[name] = hash;
    }
  return { exitCode, stderr, folder, read, density, result: () => parse(task, context, async (name) => read(name)) };
}

export function removeRuns(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
