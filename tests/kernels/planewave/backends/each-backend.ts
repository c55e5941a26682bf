import { afterAll, beforeAll, describe } from 'vitest';
import type { Backend } from '@/kernels/planewave/backends/backend';
import { createNpmBackend } from '@/kernels/planewave/backends/npm.native';
import { createSystemBackend, systemAvailable } from '@/kernels/planewave/backends/system.native';
import { createWasmBackend } from '@/kernels/planewave/backends/wasm';
import { readPlanewaveWasm } from '@/kernels/planewave/backends/wasm-bytes.native';

const hasRuntime = await import('onnxruntime-node').then(
  () => true,
  () => false,
);
const backends = [
  { id: 'wasm', isHere: true, open: async () => createWasmBackend(await readPlanewaveWasm()) },
  { id: 'npm', isHere: hasRuntime, open: async () => (await createNpmBackend(await readPlanewaveWasm()))! },
  {
    id: 'system',
    isHere: await systemAvailable(),
    open: async () => (await createSystemBackend(await readPlanewaveWasm()))!,
  },
];

/** Runs the same tests on every back end that this machine has; `backend()` is open while they run. */
export function eachBackend(title: string, define: (backend: () => Backend) => void): void {
  for (const { id, isHere, open } of backends) {
    describe.skipIf(!isHere)(`${title}, ${id}`, () => {
      let backend: Backend;
      beforeAll(async () => {
        backend = await open();
      });
      afterAll(() => backend.dispose());
      define(() => backend);
    });
  }
}
