import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createSystemBackend, systemAvailable } from '@/kernels/planewave/backends/system.native';
import { readPlanewaveWasm } from '@/kernels/planewave/backends/wasm-bytes.native';

it.skipIf(!(await systemAvailable()))('keeps its libraries open when memory is collected', async () => {
  // A library closed by the collector takes the process down at the next plan: this test then dies with its process.
  const backend = (await createSystemBackend(await readPlanewaveWasm()))!;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const data = new Float64Array(2 * 8).fill(1);
  backend.planFft([2, 2, 2]).forward(data);
  expect(data[0]).toBe(8);
  backend.dispose();
});
