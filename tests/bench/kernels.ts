// How fast kernels start, answer and print, and whether a line of what they print is lost.
// usage: brine bench kernels [LINES]   (100,000 by default; prints, never fails on a time)
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKernelspecs } from '@/server/runtime/jupyter/kernelspecs';
import { isConfined } from '@/server/runtime/jupyter/launch';
import { RuntimePool } from '@/server/runtime/jupyter/pool';
import type { Runtime, RuntimeMessage, RuntimeOptions } from '@/server/runtime/jupyter/runtime';
import { dialects } from '../server/runtime/jupyter/dialects';
import { runBench } from './support/run-bench';

const FIRST_CELL_TARGET_MS = 1_500;
const REPEATS = 50;
const lines = Number(process.argv[2] ?? 100_000);
const root = mkdtempSync(join(tmpdir(), 'brine-bench-kernels-'));
const pool = new RuntimePool(join(root, 'waiting'));
let made = 0;
const specs = findKernelspecs();
const specOf = (kernel: string) => specs.find(({ name }) => name === kernel);

await runBench(
  async () => {
    for (const dialect of dialects) {
      if (specOf(dialect.kernel)) await measure(dialect);
      else console.log(`${dialect.kernel} is not installed`);
    }
  },
  async () => {
    await pool.close();
    rmSync(root, { recursive: true, force: true });
  },
);

async function measure({ kernel, printLines }: (typeof dialects)[number]): Promise<void> {
  const cold = await start(kernel);
  tell(kernel, 'first cell, started for it', `${(cold.ms / FIRST_CELL_TARGET_MS).toFixed(2)} of 1.5 s`, cold.ms);
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) times.push((await timed(cold.runtime, '1 + 1')).ms);
  const [fastest, median] = [Math.min(...times), times.sort((a, b) => a - b)[REPEATS >> 1]!];
  tell(kernel, `1 + 1, median of ${REPEATS}`, `fastest ${fastest.toFixed(1)} ms`, median);
  cold.said.length = 0;
  const { ms } = await timed(cold.runtime, printLines(lines));
  const arrived =
    cold.said
      .map(({ content }) => String(content.text ?? ''))
      .join('')
      .split('\n').length - 1;
  tell(kernel, `${lines} lines, each flushed`, `${lines - arrived} lost`, ms);
  await cold.runtime.shutdown();
  if (!isConfined()) return;
  pool.warm(optionsOf(kernel));
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const warm = await start(kernel);
  tell(kernel, 'first cell, one waited', `${(cold.ms / warm.ms).toFixed(0)} times faster`, warm.ms);
  await warm.runtime.shutdown();
}

async function start(kernel: string): Promise<{ runtime: Runtime; ms: number; said: RuntimeMessage[] }> {
  const said: RuntimeMessage[] = [];
  const started = performance.now();
  const hear = (message: RuntimeMessage) => void (message.type === 'stream' && said.push(message));
  const runtime = await pool.start(optionsOf(kernel), hear, () => undefined);
  await runtime.execute('1 + 1');
  return { runtime, ms: performance.now() - started, said };
}

function optionsOf(kernel: string): RuntimeOptions {
  const spec = specOf(kernel)!;
  return { spec, folder: join(root, `notebook-${made++}`), environment: {}, limits: { memoryBytes: 2 * 1024 ** 3 } };
}

async function timed(runtime: Runtime, code: string): Promise<{ ms: number }> {
  const started = performance.now();
  await runtime.execute(code);
  return { ms: performance.now() - started };
}

function tell(kernel: string, what: string, ratio: string, ms: number): void {
  console.log(`${kernel.padEnd(8)} ${what.padEnd(32)} ${ms.toFixed(1).padStart(9)} ms   ${ratio}`);
}
