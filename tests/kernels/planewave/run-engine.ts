import type { KernelContext } from '@/kernels/core/kernel';
import { readPlanewaveWasm } from '@/kernels/planewave/backends/wasm-bytes.native';
import { createNodeHost } from '@/kernels/planewave/native';
import { createPlanewaveKernel } from '@/kernels/planewave/run';
import type { PlanewaveInput, PlanewaveOutput } from '@/kernels/planewave/schema';

/** Runs the engine in this process, on the portable back end unless the input names another. */
export async function runEngine(input: PlanewaveInput, context: KernelContext = {}): Promise<PlanewaveOutput> {
  await readPlanewaveWasm();
  return createPlanewaveKernel(createNodeHost())({ backend: 'wasm', threads: 1, ...input }, context);
}

const a = 5.431 / 2;
/** Diamond-structure silicon: non-symmorphic, two atoms. */
export const silicon: PlanewaveInput['structure'] = {
  cellAngstrom: [
    [0, a, a],
    [a, 0, a],
    [a, a, 0],
  ],
  sites: [
    { element: 'Si', fractional: [0, 0, 0] },
    { element: 'Si', fractional: [0.25, 0.25, 0.25] },
  ],
};
