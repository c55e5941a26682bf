import { describe, expect, it } from 'vitest';
import { functionalsById, localPart, polarizedLocalPart } from '@/kernels/planewave/functionals/functional';

const densities = [1e-4, 3e-3, 0.02, 0.2, 1.3, 9];
const polarisations = [0, 0.01, -0.4, 0.9];

/** Central difference of fourth order: between cancelling terms the second order would not do. */
function derivative(f: (x: number) => number, x: number, h: number): number {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

describe.each(Object.values(functionalsById))('functional $id with spin', (functional) => {
  const energyDensity = (up: number, down: number) => (up + down) * polarizedLocalPart(functional, up, down).energy;

  it('is the functional without spin where the densities are equal', () => {
    for (const n of densities) {
      const without = localPart(functional, n);
      const { energy, potentialUp, potentialDown } = polarizedLocalPart(functional, n / 2, n / 2);
      expect(Math.abs(energy - without.energy)).toBeLessThan(1e-12);
      expect(Math.abs(potentialUp - without.potential)).toBeLessThan(1e-12);
      expect(Math.abs(potentialDown - without.potential)).toBeLessThan(1e-12);
    }
  });

  it('has the derivatives of its energy as potentials', () => {
    for (const n of densities) {
      for (const zeta of polarisations) {
        const up = (n * (1 + zeta)) / 2;
        const down = (n * (1 - zeta)) / 2;
        const h = n * 1e-3;
        const { potentialUp, potentialDown } = polarizedLocalPart(functional, up, down);
        expect(Math.abs(derivative((x) => energyDensity(x, down), up, h) - potentialUp)).toBeLessThan(1e-7);
        expect(Math.abs(derivative((x) => energyDensity(up, x), down, h) - potentialDown)).toBeLessThan(1e-7);
      }
    }
  });

  it('exchanges its potentials with its densities', () => {
    const one = polarizedLocalPart(functional, 0.11, 0.04);
    const other = polarizedLocalPart(functional, 0.04, 0.11);
    expect(one.energy).toBeCloseTo(other.energy, 14);
    expect(one.potentialUp).toBeCloseTo(other.potentialDown, 14);
    expect(one.potentialDown).toBeCloseTo(other.potentialUp, 14);
  });

  it('takes a spin density below zero as full polarisation', () => {
    const { energy } = polarizedLocalPart(functional, 0.1, 0);
    expect(polarizedLocalPart(functional, 0.11, -0.01).energy).toBeCloseTo(energy, 14);
    expect(polarizedLocalPart(functional, -1e-11, -1e-11)).toEqual({ energy: 0, potentialUp: 0, potentialDown: 0 });
  });
});

describe.each([functionalsById.pbe, functionalsById.pbesol])('gradient part of $id with spin', (functional) => {
  const { gradient, polarizedGradient } = functional;

  it('is the functional without spin where the densities are equal, but for the digits of gamma', () => {
    for (const n of densities) {
      for (const s of [1e-3, 1, 60]) {
        const sigma = s * n ** (8 / 3) + 1e-9;
        const without = gradient(n, sigma);
        const withSpin = polarizedGradient(n / 2, n / 2, sigma / 4, sigma, sigma / 4);
        // gamma is 0.031091 and 0.0310906908..., 3.1e-7 apart, and H is gamma times a logarithm of order 1.
        const tolerance = 3.1e-7;
        expect(Math.abs(withSpin.energyDensity - without.energyDensity)).toBeLessThan(n * tolerance);
        expect(Math.abs(withSpin.byUp - without.byDensity)).toBeLessThan(2 * tolerance);
        expect(withSpin.byDown).toBeCloseTo(withSpin.byUp, 12);
      }
    }
  });

  it('agrees with finite differences in both densities and all gradients', () => {
    for (const n of densities.slice(1)) {
      for (const zeta of polarisations) {
        for (const s of [0.05, 1, 20]) {
          const at = [
            (n * (1 + zeta)) / 2,
            (n * (1 - zeta)) / 2,
            s * 0.3 * n ** (8 / 3),
            s * n ** (8 / 3),
            s * 0.2 * n ** (8 / 3),
          ] as const;
          const value = polarizedGradient(...at);
          const slopes = [value.byUp, value.byDown, value.bySigmaUpUp, value.bySigmaTotal, value.bySigmaDownDown];
          slopes.forEach((slope, k) => {
            const energy = (x: number) =>
              polarizedGradient(...(at.map((y, j) => (j === k ? x : y)) as unknown as typeof at)).energyDensity;
            const numeric = derivative(energy, at[k]!, at[k]! * 1e-3);
            const scale = k < 2 ? Math.cbrt(n) : n ** (-4 / 3);
            expect(Math.abs(slope - numeric)).toBeLessThan(1e-7 * Math.max(scale, Math.abs(numeric)));
          });
        }
      }
    }
  });

  it('has the spin-scaled exchange and no correlation where sigma of the sum vanishes', () => {
    // Opposite gradients: |grad n| = 0, so that only exchange is left, and E_x[u, d] = (E_x[2u] + E_x[2d])/2.
    const [up, down, sigma] = [0.08, 0.03, 0.02];
    const value = polarizedGradient(up, down, sigma, 0, sigma);
    const only = (n: number) => polarizedGradient(n, n, sigma, 0, sigma).energyDensity / 2;
    expect(value.energyDensity).toBeCloseTo(only(up) + only(down), 15);
    expect(value.bySigmaTotal).toBe(0);
  });

  it('stays finite at full polarisation and leaves out what pw.x leaves out', () => {
    const full = polarizedGradient(0.1, 0, 0.02, 0.02, 0);
    for (const x of Object.values(full)) expect(Number.isFinite(x)).toBe(true);
    expect(full.bySigmaDownDown).toBe(0);
    const rippled = polarizedGradient(0.1, -1e-5, 0.02, 0.02, 1e-8);
    expect(rippled.bySigmaTotal).toBe(0);
    expect(rippled.bySigmaUpUp).toBe(full.bySigmaUpUp);
    expect(polarizedGradient(4e-7, 4e-7, 1e-9, 4e-9, 1e-9).bySigmaTotal).toBe(0);
  });
});

describe('published values', () => {
  it('gives half the exchange of a doubled density and the correlation of the ferromagnetic gas', () => {
    const density = (rs: number) => 3 / (4 * Math.PI * rs ** 3);
    // Ceperley and Alder's fully polarised gas through Perdew and Wang 1992, eq. 10 at rs = 2: -0.0240 Ha.
    expect(functionalsById['lda-pw92'].polarizedCorrelation(density(2), 0).energy).toBeCloseTo(-0.024, 3);
    expect(functionalsById['lda-pz'].polarizedCorrelation(density(2), 0).energy).toBeCloseTo(-0.024, 3);
  });
});
