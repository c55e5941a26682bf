import { beforeAll, describe, expect, it } from 'vitest';
import { openBackend } from '@/kernels/planewave/backends/open.native';
import { createDensityGrid, type DensityGrid } from '@/kernels/planewave/basis/density-grid';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import { createDensityPlaneWaves } from '@/kernels/planewave/basis/plane-waves';
import { atomicDensitiesOnGrid, hirshfeldSites } from '@/kernels/planewave/observables/hirshfeld';
import { createCoulomb } from '@/kernels/planewave/terms/coulomb';

/** A slab of two kinds of atoms, Gaussians of 4 and 7 electrons, with vacuum along c. */
const lattice = createLattice([
  [7, 0.4, 0],
  [0.3, 7.2, 0.5],
  [0, -0.6, 22],
]);
const shape: [number, number, number] = [24, 24, 72];
const electrons = [4, 7, 4];
const system = {
  lattice,
  positions: [
    [0.1, 0.2, 0.4],
    [0.6, 0.55, 0.5],
    [0.3, 0.7, 0.61],
  ] as [number, number, number][],
  speciesOf: [0, 1, 0],
};
const densityAt = [(q: number) => 4 * Math.exp((-q * q) / 3), (q: number) => 7 * Math.exp((-q * q) / 5)];
let grid: DensityGrid;
let atomicDensity: (site: number) => Float64Array;
let neutral: Float64Array;

beforeAll(async () => {
  const backend = await openBackend('wasm');
  const waves = createDensityPlaneWaves(lattice, 6, shape);
  grid = createDensityGrid(backend.planFft(shape), waves, createCoulomb('periodic', lattice, waves));
  atomicDensity = atomicDensitiesOnGrid(system, grid, densityAt);
  neutral = new Float64Array(grid.points);
  for (const site of [0, 1, 2]) {
    const own = atomicDensity(site);
    for (let i = 0; i < grid.points; i++) neutral[i]! += own[i]!;
  }
});

const sitesOf = (densities: Float64Array[]) =>
  hirshfeldSites({ densities, volume: lattice.volume, electrons, atomicDensity });

describe('Hirshfeld sites', () => {
  it('of superposed neutral atoms hold exactly their valence', () => {
    sitesOf([neutral]).forEach(({ charge, momentBohrMagneton }, site) => {
      expect(charge).toBeCloseTo(electrons[site]!, 10);
      expect(momentBohrMagneton).toBe(0);
    });
  });

  it('hold all electrons and the whole moment together, whatever the density', () => {
    const up = neutral.map((n, i) => 0.6 * n + 0.002 * (1 + Math.sin(0.01 * i)));
    const down = neutral.map((n) => 0.45 * n);
    const sites = sitesOf([up, down]);
    const integral = (field: Float64Array) => (field.reduce((sum, x) => sum + x, 0) * lattice.volume) / grid.points;
    const sum = (of: (site: (typeof sites)[number]) => number) => sites.reduce((total, site) => total + of(site), 0);
    expect(sum(({ charge }) => charge)).toBeCloseTo(integral(up) + integral(down), 9);
    expect(sum(({ momentBohrMagneton }) => momentBohrMagneton)).toBeCloseTo(integral(up) - integral(down), 9);
  });

  it('see a moment where it is: on the atom that carries it', () => {
    const own = atomicDensity(1).slice();
    const up = neutral.map((n, i) => n / 2 + own[i]! / 7);
    const down = neutral.map((n, i) => n / 2 - own[i]! / 7);
    const moments = sitesOf([up, down]).map(({ momentBohrMagneton }) => momentBohrMagneton);
    expect(moments[1]!).toBeGreaterThan(1.6);
    expect(moments.reduce((a, b) => a + b)).toBeCloseTo(2, 9);
    for (const { charge } of sitesOf([up, down]).slice(0, 1)) expect(charge).toBeCloseTo(4, 9);
  });

  it('tell charge that moved from one atom to another', () => {
    const [first, second] = [atomicDensity(0).slice(), atomicDensity(1).slice()];
    const moved = neutral.map((n, i) => n + 0.5 * (second[i]! / 7 - first[i]! / 4));
    const [a, b] = sitesOf([moved]);
    expect(a!.charge).toBeLessThan(3.7);
    expect(b!.charge).toBeGreaterThan(7.3);
  });
});
