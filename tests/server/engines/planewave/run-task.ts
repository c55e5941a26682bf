import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Task, TaskContext, TaskResult } from '@/server/engines/engine';
import { parse } from '@/server/engines/planewave/parse';
import { DENSITY_FOLDER, prepare } from '@/server/engines/planewave/prepare';

const blobs = new Map<string, Buffer>();
const folders: string[] = [];

/** Runs a task with the real kernel as a worker does, without a database; what later tasks take over is in `density`. */
export async function runTask(
  task: Task,
  context: TaskContext,
): Promise<{ result: TaskResult; density: Record<string, string>; folder: string }> {
  const spec = prepare(task, context);
  const folder = mkdtempSync(join(tmpdir(), 'brine-planewave-'));
  folders.push(folder);
  const put = (name: string, bytes: string | Buffer) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  };
  for (const [name, text] of Object.entries(spec.files)) put(name, text);
  for (const [name, hash] of Object.entries(spec.blobs)) put(name, blobs.get(hash)!);
  const [program, ...args] = spec.command;
  const { status, stderr } = spawnSync(program!, args, {
    ...{ cwd: folder, env: { ...process.env, ...spec.environment }, encoding: 'utf8' },
  });
  if (status !== 0) throw new Error(`the kernel ended with ${status}: ${stderr.slice(-2000)}`);
  const density: Record<string, string> = {};
  if (task.kind === 'scf')
    for (const name of readdirSync(join(folder, DENSITY_FOLDER))) {
      const bytes = readFileSync(join(folder, DENSITY_FOLDER, name));
      density[name] = createHash('sha256').update(bytes).digest('hex');
      blobs.set(density[name], bytes);
    }
  const bytesOf = async (name: string) => readFileSync(join(folder, name));
  const result = await parse(task, context, async (name) => readFileSync(join(folder, name), 'utf8'), bytesOf);
  return { result, density, folder };
}

export function removeRuns(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
