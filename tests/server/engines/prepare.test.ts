import { expect, test } from 'vitest';
import type { TaskContext } from '@/server/engines/engine';
import { prepare } from '@/server/engines/planewave/prepare';
import { makeContext } from './context';

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
