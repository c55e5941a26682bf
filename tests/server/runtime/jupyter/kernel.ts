import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { findKernelspecs } from '@/server/runtime/jupyter/kernelspecs';
import { Runtime, type RuntimeExit, type RuntimeMessage, type RuntimeOptions } from '@/server/runtime/jupyter/runtime';

export const specOf = (kernel: string) => findKernelspecs().find(({ name }) => name === kernel) ?? null;

/** Removed with all others when the tests of a file end. */
export const temporaryFolder = () => mkdtempSync(join(root, 'nb-'));

const root = mkdtempSync(join(tmpdir(), 'brine-nb-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A runtime with what was heard of it. */
export interface Heard {
  runtime: Runtime;
  messages: RuntimeMessage[];
  exits: RuntimeExit[];
  /** Resolves with the first message of that type that is still to come, or has come since `clear`. */
  next(type: string): Promise<RuntimeMessage>;
  /** Runs code and gives the reply with what was said for it, but for its state. */
  run(
    code: string,
    options?: Parameters<Runtime['execute']>[1],
  ): Promise<{ reply: Awaited<ReturnType<Runtime['execute']>>; said: RuntimeMessage[] }>;
}

let count = 0;

export async function startKernel(kernel: string, options: Partial<RuntimeOptions> = {}): Promise<Heard> {
  const messages: RuntimeMessage[] = [];
  const exits: RuntimeExit[] = [];
  const listeners = new Set<(message: RuntimeMessage) => void>();
  const runtime = await Runtime.start(
    {
      spec: specOf(kernel)!,
      folder: temporaryFolder(),
      environment: {},
      limits: { memoryBytes: 2 * 1024 ** 3 },
      ...options,
    },
    (message) => {
      messages.push(message);
      for (const listener of listeners) listener(message);
    },
    (exit) => exits.push(exit),
  );
  return {
    runtime,
    messages,
    exits,
    next: (type) =>
      new Promise((resolve) => {
        const listener = (message: RuntimeMessage) => {
          if (message.type !== type) return;
          listeners.delete(listener);
          resolve(message);
        };
        listeners.add(listener);
      }),
    run: async (code, more = {}) => {
      const id = `run-${++count}`;
      const reply = await runtime.execute(code, { ...more, id });
      return {
        reply,
        said: messages.filter(({ parentId, type }) => parentId === id && !['status', 'execute_input'].includes(type)),
      };
    },
  };
}

/** One that ends with its test. */
export async function startOwnKernel(kernel: string, options: Partial<RuntimeOptions> = {}): Promise<Heard> {
  const heard = await startKernel(kernel, options);
  onTestFinished(() => heard.runtime.shutdown());
  return heard;
}

/** The text of what a cell gave, without colours. */
export function textOf(said: RuntimeMessage[]): string {
  const result = said.find(({ type }) => type === 'execute_result')?.content.data as Record<string, string> | undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
  return (result?.['text/plain'] ?? '').replace(/\x1b\[[\d;]*m/g, '');
}
