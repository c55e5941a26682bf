import type { Backend } from './backend';
import { diagonaliseWithLapack, multiplyWithBlas } from './system-blas';
import { FftwPlans, planSystemFft } from './system-fft';
import { loadSystemLibraries } from './system-libraries.native';
import { createWasmBackend } from './wasm';

/** FFTW and OpenBLAS with LAPACK where this machine has them, else null; orbitals are transformed by the wasm module. */
export async function createSystemBackend(wasmBytes: Uint8Array): Promise<Backend | null> {
  const libraries = await loadSystemLibraries();
  if (!libraries) return null;
  const { fftw, lapack, description } = libraries;
  const plans = new FftwPlans(fftw);
  const wasm = await createWasmBackend(wasmBytes);
  return {
    id: 'system',
    description,
    planFft: (n) => planSystemFft(plans, n, wasm.planFft(n).sphere),
    gemm: async (opA, opB, m, n, k, A, B, C, alpha = 1, beta = 0) => {
      plans.requireOpen();
      multiplyWithBlas(lapack, opA, opB, m, n, k, A, B, C, alpha, beta);
    },
    eigh: async (n, A) => {
      plans.requireOpen();
      return diagonaliseWithLapack(lapack, n, A);
    },
    dispose: () => {
      plans.dispose();
      wasm.dispose();
    },
  };
}

export async function systemAvailable(): Promise<boolean> {
  return (await loadSystemLibraries()) !== null;
}
