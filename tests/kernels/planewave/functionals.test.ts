import { describe, expect, it } from 'vitest';
import { functionalsById, localPart } from '@/kernels/planewave/functionals/functional';

const densities = [1e-4, 3e-3, 0.02, 0.2, 1.3, 9];

describe.each(Object.values(functionalsById))('functional $id', (functional) => {
  it('has the derivative of its energy as potential', () => {
    for (const n of densities) {
      const h = n * 1e-4;
      const energy = (density: number) => density * localPart(functional, density).energy;
      const numeric = (energy(n + h) - energy(n - h)) / (2 * h);
      expect(localPart(functional, n).potential / numeric).toBeCloseTo(1, 6);
    }
  });
});

describe.each([functionalsById.pbe, functionalsById.pbesol])('gradient part of $id', ({ gradient }) => {
  it('agrees with finite differences in density and in sigma', () => {
    for (const n of densities) {
      for (const sigma of [1e-3 * n ** (8 / 3), n ** (8 / 3), 60 * n ** (8 / 3)]) {
        const at = gradient(n, sigma);
        const h = n * 1e-4;
        const hs = sigma * 1e-4;
        const byDensity = (gradient(n + h, sigma).energyDensity - gradient(n - h, sigma).energyDensity) / (2 * h);
        const bySigma = (gradient(n, sigma + hs).energyDensity - gradient(n, sigma - hs).energyDensity) / (2 * hs);
        // Exchange and correlation nearly cancel at small gradients: errors are measured against one of the two.
        expect(Math.abs(at.byDensity - byDensity)).toBeLessThan(1e-6 * (Math.abs(byDensity) + 1e-2 * Math.cbrt(n)));
        expect(Math.abs(at.bySigma - bySigma)).toBeLessThan(1e-6 * (Math.abs(bySigma) + 1e-2 * n ** (-4 / 3)));
      }
    }
  });

  it('vanishes without a gradient', () => {
    expect(gradient(0.3, 0).energyDensity).toBe(0);
  });
});

describe('published values', () => {
  it('gives the correlation energies of the uniform gas', () => {
    // Ceperley and Alder through Perdew and Wang 1992: e_c(rs = 2) = -0.0448, e_c(rs = 10) = -0.0186 Ha.
    const density = (rs: number) => 3 / (4 * Math.PI * rs ** 3);
    expect(functionalsById['lda-pw92'].correlation(density(2)).energy).toBeCloseTo(-0.0448, 4);
    expect(functionalsById['lda-pw92'].correlation(density(10)).energy).toBeCloseTo(-0.0186, 4);
    expect(functionalsById['lda-pz'].correlation(density(2)).energy).toBeCloseTo(-0.045, 3);
  });
});
