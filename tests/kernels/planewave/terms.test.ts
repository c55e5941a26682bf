import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import type { Backend } from '@/kernels/planewave/backends/backend';
import { openBackend } from '@/kernels/planewave/backends/open.native';
import { createDensityGrid, type DensityGrid } from '@/kernels/planewave/basis/density-grid';
import { createLattice, type Matrix3 } from '@/kernels/planewave/basis/lattice';
import { createDensityPlaneWaves, createPlaneWaves } from '@/kernels/planewave/basis/plane-waves';
import { realHarmonics } from '@/kernels/planewave/basis/spherical-harmonics';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { createPseudopotential } from '@/kernels/planewave/pseudo/create-pseudopotential';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { createGthPseudopotential } from '@/kernels/planewave/pseudo/gth';
import { gthFamily } from '@/kernels/planewave/pseudo/gth-family.data';
import type { System } from '@/kernels/planewave/system';
import { createCoulomb } from '@/kernels/planewave/terms/coulomb';
import { ewald } from '@/kernels/planewave/terms/ewald';
import { exchangeCorrelation } from '@/kernels/planewave/terms/exchange-correlation';
import { hartreeEnergy, hartreePotential } from '@/kernels/planewave/terms/hartree';
import { ionicPotential } from '@/kernels/planewave/terms/local';
import { createNonlocalTerm } from '@/kernels/planewave/terms/nonlocal';

const vectors: Matrix3 = [
  [6, 0.3, -0.2],
  [0.5, 6.4, 0.1],
  [0.2, -0.4, 5.8],
];
const lattice = createLattice(vectors);
const cutoffHartree = 3;
const gridShape: [number, number, number] = [15, 16, 15];
let backend: Backend;
let grid: DensityGrid;

/** A smooth positive density with random structure, on the sphere of plane waves. */
function randomDensity(seed: number): Float64Array {
  const random = createRandom(seed);
  const values = new Float64Array(grid.points);
  const terms = Array.from({ length: 6 }, () => ({
    m: [0, 0, 0].map(() => Math.floor(3 * random()) - 1),
    phase: 7 * random(),
  }));
  const [n0, n1, n2] = gridShape;
  for (let i = 0; i < grid.points; i++) {
    const x = [Math.floor(i / (n1 * n2)) / n0, (Math.floor(i / n2) % n1) / n1, (i % n2) / n2];
    values[i] =
      0.02 +
      terms.reduce(
        (sum, { m, phase }) =>
          sum + 0.003 * Math.cos(2 * Math.PI * (m[0]! * x[0]! + m[1]! * x[1]! + m[2]! * x[2]!) + phase),
        0,
      );
  }
  return grid.toReciprocal(values);
}

beforeAll(async () => {
  backend = await openBackend('wasm');
  const waves = createDensityPlaneWaves(lattice, cutoffHartree, gridShape);
  grid = createDensityGrid(backend.planFft(gridShape), waves, createCoulomb('periodic', lattice, waves));
});

/** (E[n + h d] - E[n - h d])/2h against int v d. */
function expectDerivative(
  energy: (density: Float64Array) => number,
  potential: Float64Array,
  density: Float64Array,
  direction: Float64Array,
) {
  const h = 1e-4;
  const along = (s: number) => energy(density.map((n, i) => n + s * direction[i]!));
  const numeric = (along(h) - along(-h)) / (2 * h);
  const values = grid.toReal(direction);
  const analytic = (potential.reduce((sum, v, i) => sum + v * values[i]!, 0) * lattice.volume) / grid.points;
  expect(Math.abs(analytic - numeric)).toBeLessThan(1e-6 * Math.abs(numeric) + 1e-9);
}

describe('potentials are derivatives of energies', () => {
  it('Hartree', () => {
    const [n, d] = [randomDensity(1), randomDensity(2)];
    expectDerivative(
      (density) => hartreeEnergy(grid.coulomb, density, lattice.volume),
      grid.toReal(hartreePotential(grid.coulomb, n)),
      n,
      d,
    );
  });

  it.each(Object.values(functionalsById))('exchange-correlation $id', (functional) => {
    const [n, d] = [randomDensity(3), randomDensity(4)];
    const evaluate = (density: Float64Array) =>
      exchangeCorrelation(functional, grid, lattice.volume, { fields: [density], values: [grid.toReal(density)] });
    expectDerivative((density) => evaluate(density).energyHartree, evaluate(n).potentials[0]!, n, d);
  });

  it('non-local pseudopotential: the energy of an orbital is <psi|V psi>', async () => {
    const system = testSystem();
    const waves = createPlaneWaves(lattice, [0.1, 0.2, -0.3], 2 * cutoffHartree, gridShape);
    const term = createNonlocalTerm(backend, system, system.species.map(createPseudopotential), waves);
    const random = createRandom(9);
    const psi = Float64Array.from({ length: 4 * waves.count }, () => random() - 0.5);
    const out = new Float64Array(psi.length);
    await term.apply(psi, 2, out);
    const energies = await term.energies(psi, 2);
    for (const band of [0, 1]) {
      let sum = 0;
      for (let i = 2 * band * waves.count; i < 2 * (band + 1) * waves.count; i++) sum += psi[i]! * out[i]!;
      expect(sum).toBeCloseTo(energies[band]!, 10);
    }
  });
});

function testSystem(): System {
  const species = ['Ga', 'N'].map((element) => familyEntry(element, functionalsById.pbe));
  return {
    lattice,
    basis: lattice,
    spinChannels: 1,
    initialMoments: [0, 0],
    kineticSmoothing: null,
    positions: [
      [0.1, 0.2, 0.3],
      [0.6, 0.55, 0.7],
    ],
    speciesOf: [0, 1],
    species,
    functional: 'pbe',
    cutoffHartree,
    grid: gridShape,
    electrons: 18,
  };
}

const ewaldEnergy = (...args: Parameters<typeof ewald>) => ewald(...args).energyHartree;

describe('Ewald energy', () => {
  it('gives the Madelung constants of CsCl and NaCl', () => {
    // Sakamoto, J. Chem. Phys. 28, 164 (1958): 1.747564594633 for NaCl (nearest distance), 1.762674773070 for CsCl.
    const cube = createLattice([
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2],
    ]);
    const cesium = ewaldEnergy(
      cube,
      [
        [0, 0, 0],
        [0.5, 0.5, 0.5],
      ],
      [1, -1],
    );
    expect(-cesium * Math.sqrt(3)).toBeCloseTo(1.76267477307, 9);
    const rocksalt = createLattice([
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]);
    expect(
      -ewaldEnergy(
        rocksalt,
        [
          [0, 0, 0],
          [0.5, 0.5, 0.5],
        ],
        [1, -1],
      ),
    ).toBeCloseTo(1.747564594633, 9);
  });

  it('is extensive and does not move with the origin', () => {
    const one = ewaldEnergy(
      lattice,
      [
        [0, 0, 0],
        [0.3, 0.2, 0.6],
      ],
      [3, 5],
    );
    const moved = ewaldEnergy(
      lattice,
      [
        [0.4, 0.9, 0.1],
        [0.7, 1.1, 0.7],
      ],
      [3, 5],
    );
    const doubled = createLattice([vectors[0].map((x) => 2 * x) as Matrix3[0], vectors[1], vectors[2]]);
    const two = ewaldEnergy(
      doubled,
      [
        [0, 0, 0],
        [0.15, 0.2, 0.6],
        [0.5, 0, 0],
        [0.65, 0.2, 0.6],
      ],
      [3, 5, 3, 5],
    );
    expect(moved).toBeCloseTo(one, 10);
    expect(two / 2).toBeCloseTo(one, 10);
  });
});

describe('pseudopotential form factors', () => {
  it('has normalised projectors, every one of the family', () => {
    // int |beta(q)|^2 q^2 dq/(2 pi)^3 = int |p(r)|^2 r^2 dr = 1 (HGH eq. 4).
    for (const [element, name] of gthFamily) {
      const family = name.includes('PADE') ? functionalsById['lda-pw92'] : functionalsById.pbe;
      for (const channel of createGthPseudopotential(familyEntry(element, family, name)).channels) {
        for (let i = 0; i < channel.count; i++) {
          let norm = 0;
          const step = 0.02;
          for (let q = step / 2; q < 120; q += step) norm += channel.projector(i, q) ** 2 * q * q * step;
          expect(norm / (2 * Math.PI) ** 3, `${element} ${name} l=${channel.l}`).toBeCloseTo(1, 5);
        }
      }
    }
  });

  it('tends to the Coulomb potential and its constant at small q', () => {
    for (const element of ['H', 'O', 'Ti', 'Pb']) {
      const pseudopotential = createGthPseudopotential(familyEntry(element, functionalsById.pbe));
      const q = 1e-3;
      expect(pseudopotential.local(q) + (4 * Math.PI * pseudopotential.valence) / (q * q)).toBeCloseTo(
        pseudopotential.localAtZero,
        2,
      );
    }
  });

  it('gives the ionic potential the average that the G = 0 limits sum to', () => {
    const system = testSystem();
    const pseudopotentials = system.species.map(createPseudopotential);
    const values = grid.toReal(ionicPotential(system, pseudopotentials, grid));
    const average = values.reduce((sum, v) => sum + v, 0) / grid.points;
    expect(average).toBeCloseTo(
      (pseudopotentials[0]!.localAtZero + pseudopotentials[1]!.localAtZero) / lattice.volume,
      10,
    );
  });
});

describe('real spherical harmonics', () => {
  it.each([0, 1, 2, 3])('l = %i: orthonormal, and their squares sum to (2l + 1)/4 pi', (l) => {
    const size = 2 * l + 1;
    const overlap = new Float64Array(size * size);
    const [thetas, phis] = [200, 24];
    for (let i = 0; i < thetas; i++) {
      const z = -1 + (2 * (i + 0.5)) / thetas;
      for (let j = 0; j < phis; j++) {
        const phi = (2 * Math.PI * (j + 0.5)) / phis;
        const r = Math.sqrt(1 - z * z);
        const Y = realHarmonics(l, r * Math.cos(phi), r * Math.sin(phi), z);
        expect(Y.reduce((sum, y) => sum + y * y, 0)).toBeCloseTo(size / (4 * Math.PI), 10);
        for (let a = 0; a < size; a++)
          for (let b = 0; b < size; b++) overlap[a * size + b]! += (Y[a]! * Y[b]! * 4 * Math.PI) / (thetas * phis);
      }
    }
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) expect(overlap[a * size + b]!).toBeCloseTo(a === b ? 1 : 0, 3);
  });
});
