import { afterAll, beforeAll, describe } from 'vitest';
import type { Backend } from '@/kernels/planewave/backends/backend';
import { createWasmBackend } from '@/kernels/planewave/backends/wasm';
import { readPlanewaveWasm } from '@/kernels/planewave/backends/wasm-bytes.native';

const backends = [{ id: 'wasm', open: async () => createWasmBackend(await readPlanewaveWasm()) }];

/** Runs the same tests on every back end; `backend()` is open while they run. */
export function eachBackend(title: string, define: (backend: () => Backend) => void): void {
  for (const { id, open } of backends) {
    describe(`${title}, ${id}`, () => {
      let backend: Backend;
      beforeAll(async () => {
        backend = await open();
      });
      afterAll(() => backend.dispose());
      define(() => backend);
    });
  }
}
