import type { Products } from './orthonormalize';

/**
 * Products of real orbitals on a half sphere. A scalar product is the real part of that of the halves; with the
 * real coefficients that come of it, combinations are what they are.
 */
export function realProducts(products: Products): Products {
  return {
    eigh: products.eigh,
    async gemm(opA, opB, m, n, k, A, B, C, alpha, beta) {
      await products.gemm(opA, opB, m, n, k, A, B, C, alpha, beta);
      if (opA === 'C') for (let i = 1; i < 2 * m * n; i += 2) C[i] = 0;
    },
  };
}
