import type { Backend, FftPlan } from './backend';
import { diagonaliseWithLapack, multiplyWithBlas } from './system-blas';
import { FftwPlans, planSystemFft } from './system-fft';
import { loadSystemLibraries } from './system-libraries.native';
import { planWasmFft } from './wasm-fft';
import { loadWasmModule } from './wasm-module';
import { WasmTables } from './wasm-tables';

/** FFTW and OpenBLAS with LAPACK where this machine has them, else null. */
export async function createSystemBackend(wasmBytes: Uint8Array): Promise<Backend | null> {
  const libraries = await loadSystemLibraries();
  if (!libraries) return null;
  const { fftw, lapack, description } = libraries;
  const plans = new FftwPlans(fftw);
  const module = loadWasmModule(wasmBytes);
  const tables = new WasmTables(module.memory);
  const wasm = { module, planFft: (n: FftPlan['n']) => planWasmFft(module, tables, n) };
  return {
    id: 'system',
    description,
    planFft: (n) => planSystemFft(plans, n, wasm),
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
      module.memory.close();
    },
  };
}

export async function systemAvailable(): Promise<boolean> {
  return (await loadSystemLibraries()) !== null;
}
