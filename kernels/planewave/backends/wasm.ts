import { KernelError } from '../../core/errors';
import type { Backend } from './backend';
import { planWasmFft } from './wasm-fft';
import { multiplyInWasm } from './wasm-gemm';
import { loadWasmModule, type WasmModule } from './wasm-module';
import { WasmTables } from './wasm-tables';

/** The portable back end, in Node and in browsers: `bytes` is the module that scripts/build-wasm.mjs compiles. */
export async function createWasmBackend(bytes: Uint8Array): Promise<Backend> {
  const module = loadWasmModule(bytes);
  const tables = new WasmTables(module.memory);
  return {
    id: 'wasm',
    description: 'WebAssembly with 128-bit vectors',
    planFft: (n) => planWasmFft(module, tables, n),
    gemm: async (opA, opB, m, n, k, A, B, C, alpha = 1, beta = 0) =>
      multiplyInWasm(module, opA, opB, m, n, k, A, B, C, alpha, beta),
    eigh: async (n, A) => diagonaliseInWasm(module, n, A),
    dispose: () => module.memory.close(),
  };
}

function diagonaliseInWasm({ functions, memory }: WasmModule, n: number, A: Float64Array) {
  memory.begin();
  const matrix = memory.take(16 * n * n);
  const values = memory.take(8 * n);
  const vectors = memory.take(16 * n * n);
  const scratch = memory.take(functions.eighScratchBytes(n));
  memory.floats(matrix, 2 * n * n).set(A.subarray(0, 2 * n * n));
  if (!functions.eigh(n, matrix, values, vectors, scratch)) {
    throw new KernelError(
      'EIGH_FAILED',
      `The ${n} x ${n} Hermitian eigenproblem did not converge; is a number in it not finite?`,
      { n },
    );
  }
  return { values: memory.floats(values, n).slice(), vectors: memory.floats(vectors, 2 * n * n).slice() };
}
