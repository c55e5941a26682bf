import type { Backend } from './backend';
import { diagonaliseWithLapack, multiplyWithBlas } from './system-blas';
import { FftwPlans, planSystemFft } from './system-fft';
import { loadSystemLibraries } from './system-libraries.native';

/** FFTW and OpenBLAS with LAPACK where this machine has them, else null. */
export async function createSystemBackend(): Promise<Backend | null> {
  const libraries = await loadSystemLibraries();
  if (!libraries) return null;
  const { fftw, lapack, description } = libraries;
  const plans = new FftwPlans(fftw);
  return {
    id: 'system',
    description,
    planFft: (n) => planSystemFft(plans, n),
    gemm: async (opA, opB, m, n, k, A, B, C, alpha = 1, beta = 0) => {
      plans.requireOpen();
      multiplyWithBlas(lapack, opA, opB, m, n, k, A, B, C, alpha, beta);
    },
    eigh: async (n, A) => {
      plans.requireOpen();
      return diagonaliseWithLapack(lapack, n, A);
    },
    dispose: () => plans.dispose(),
  };
}

export async function systemAvailable(): Promise<boolean> {
  return (await loadSystemLibraries()) !== null;
}
