import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Backend } from './backend';
import { disposedError } from './disposed';
import { multiplyByRealProducts, type RealProducts } from './npm-gemm';
import { encodeProductModel } from './onnx-model';
import { createWasmBackend } from './wasm';

/** Where a dimension is smaller, splitting and joining complex numbers costs more than the runtime gains (tests/bench/backends.ts). */
const LEAST_DIMENSION = 60;

/** The wasm back end with large matrix products by onnxruntime-node; null where that package is not installed. */
export async function createNpmBackend(wasmBytes: Uint8Array): Promise<Backend | null> {
  const runtime = await import('onnxruntime-node').then(
    (module) => module.default ?? module,
    () => null,
  );
  if (!runtime) return null;
  // Parallelism is by k-points, one worker each.
  const options = { executionProviders: ['cpu'], intraOpNumThreads: 1, interOpNumThreads: 1 };
  const open = (operator: Parameters<typeof encodeProductModel>[0]) =>
    runtime.InferenceSession.create(encodeProductModel(operator), options);
  const sessions = { straight: await open('MatMul'), transposed: await open('Gemm with transposed Y') };
  const products: RealProducts = {
    multiply: (rows, columns, depth, x, y) =>
      runProduct(sessions.straight, {
        X: new runtime.Tensor('float64', x, [rows, depth]),
        Y: new runtime.Tensor('float64', y, [depth, columns]),
      }),
    multiplyTransposed: (rows, columns, depth, x, y) =>
      runProduct(sessions.transposed, {
        X: new runtime.Tensor('float64', x, [rows, depth]),
        Y: new runtime.Tensor('float64', y, [columns, depth]),
      }),
  };
  const wasm = await createWasmBackend(wasmBytes);
  let isDisposed = false;
  return {
    ...wasm,
    id: 'npm',
    description: `${wasm.description}; products by onnxruntime ${runtime.env.versions.node ?? runtime.env.versions.common}`,
    gemm: async (opA, opB, m, n, k, A, B, C, alpha = 1, beta = 0) => {
      if (isDisposed) throw disposedError();
      if (Math.min(m, n, k) < LEAST_DIMENSION) return wasm.gemm(opA, opB, m, n, k, A, B, C, alpha, beta);
      await multiplyByRealProducts(products, opA, opB, m, n, k, A, B, C, alpha, beta);
    },
    dispose: () => {
      if (isDisposed) return;
      isDisposed = true;
      wasm.dispose();
      for (const session of Object.values(sessions)) void session.release();
    },
  };
}

async function runProduct(session: InferenceSession, inputs: Record<'X' | 'Y', Tensor>): Promise<Float64Array> {
  const { Z } = await session.run(inputs);
  return Z!.data as Float64Array;
}
