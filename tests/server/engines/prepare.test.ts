import { expect, test } from 'vitest';
import { parseStructure } from '@/kernels/crystal/structure';
import type { TaskContext } from '@/server/engines/engine';
import { prepare } from '@/server/engines/planewave/prepare';
import { draftDataSchema } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import { resolve } from '@/server/services/calculations/resolve/resolve';
import { silicon } from '../workflows/workers';

const derived = <Value>(value: Value) => ({ value, automatic: value, source: '', overridden: false });

async function makeContext(change: Partial<TaskContext> = {}): Promise<TaskContext> {
  const resolved: Resolved = {
    ...(await resolve(draftDataSchema.parse({}), null, null)),
    cutoffHartree: derived(10),
    mesh: derived<[number, number, number]>([2, 2, 2]),
    shift: derived<[number, number, number]>([0, 0, 0]),
  };
  const size = { cores: 2, memoryBytes: 1e9, expectedSeconds: 1, timeLimitSeconds: 60 };
  const program = { build: 'build', version: '1', jobName: 'scf', backend: 'system' as const };
  return { structure: parseStructure(silicon), resolved, ...size, ...program, density: null, ...change };
}

test('the key of a job holds build, back end and inputs, and the job runs with that back end', async () => {
  const keyOf = async (change?: Partial<TaskContext>) => prepare({ kind: 'scf' }, await makeContext(change)).key;
  const key = await keyOf();
  expect(await keyOf()).toBe(key);
  expect(await keyOf({ cores: 1, memoryBytes: 2e9, timeLimitSeconds: 90 })).toBe(key);
  expect(await keyOf({ backend: 'wasm' })).not.toBe(key);
  expect(await keyOf({ build: 'another' })).not.toBe(key);
  const { files } = prepare({ kind: 'scf' }, await makeContext({ backend: 'wasm' }));
  expect(JSON.parse(files['input.json']!)).toMatchObject({ backend: 'wasm', threads: 2 });
});
