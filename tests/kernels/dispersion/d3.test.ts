import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KernelError } from '@/kernels/core/errors';
import type { Matrix3, StructureInput, Vector3 } from '@/kernels/crystal/schema';
import { dispersionCoefficient } from '@/kernels/dispersion/coefficients';
import { d3Dispersion, dampingParameters } from '@/kernels/dispersion/d3';
import type { Atoms } from '@/kernels/dispersion/neighbours';
import { dispersionKernel } from '@/kernels/dispersion/run';
import { dispersionOutputSchema } from '@/kernels/dispersion/schema';

interface Case {
  name: string;
  functional: 'pbe' | 'pbesol';
  structure: StructureInput;
  threeBody: boolean;
  energyHartree: number;
  forcesHartreePerBohr?: number[][];
}
const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../reference/dispersion/d3bj.json'), 'utf8'),
) as { cases: Case[] };

describe('against pw.x', () => {
  it.each(reference.cases)('$name, $functional, three-body $threeBody', async (reference) => {
    const { functional, structure, threeBody, energyHartree, ...expected } = reference;
    const output = dispersionOutputSchema.parse(await dispersionKernel({ structure, functional, threeBody }, {}));
    // pw.x cuts its sums sharply, so that whole shells count or do not.
    expect(Math.abs(output.energyHartree - energyHartree)).toBeLessThan(threeBody ? 1e-6 : 3e-7);
    expected.forcesHartreePerBohr?.forEach((force, site) => {
      force.forEach((component, axis) => {
        expect(output.forcesHartreePerBohr[site]![axis]).toBeCloseTo(component, 8);
      });
    });
  });
});

/** Ethanol-like: elements with several references, so that coordination numbers matter. bohr. */
const molecule: Atoms = {
  cell: null,
  periodic: [false, false, false],
  positions: [
    [0, 0, 0],
    [2.8, 0.3, 0],
    [4.1, 2.5, 0.2],
    [-0.8, -1.2, 1.5],
    [-0.7, 1.9, 0.3],
    [5.8, 2.2, -0.2],
    [3.4, -1.1, 1.6],
  ],
  atomicNumbers: [6, 6, 8, 1, 1, 1, 1],
};
/** Skew, with two kinds of metal and a chalcogen. */
const crystal: Atoms = {
  cell: [
    [6.1, 0.3, -0.2],
    [0.4, 5.8, 0.5],
    [0.1, -0.6, 7.3],
  ],
  periodic: [true, true, true],
  positions: [
    [0.2, 0.1, 0.3],
    [3.3, 2.9, 0.4],
    [2.8, 3.1, 3.9],
  ],
  atomicNumbers: [42, 16, 20],
};
const slab: Atoms = { ...crystal, periodic: [true, true, false] };
const wire: Atoms = { ...crystal, periodic: [false, false, true] };

const energyOf = (atoms: Atoms, threeBody = false) => d3Dispersion(atoms, dampingParameters.pbe, { threeBody }).energy;

function displaced(atoms: Atoms, site: number, axis: number, by: number): Atoms {
  const positions = atoms.positions.map((p) => [...p] as Vector3);
  positions[site]![axis]! += by;
  return { ...atoms, positions };
}

function strained(atoms: Atoms, a: number, b: number, by: number): Atoms {
  const apply = (v: Vector3): Vector3 => {
    const out = [...v] as Vector3;
    out[a] += by * v[b];
    return out;
  };
  return {
    ...atoms,
    cell: atoms.cell && (atoms.cell.map(apply) as Matrix3),
    positions: atoms.positions.map(apply),
  };
}

describe.each([
  ['a molecule', molecule],
  ['a crystal', crystal],
  ['a slab', slab],
  ['a wire', wire],
])('of %s', (_, atoms) => {
  it('the forces are derivatives of the energy', () => {
    const { forces } = d3Dispersion(atoms, dampingParameters.pbe);
    const h = 1e-3;
    atoms.positions.forEach((_position, site) => {
      for (let axis = 0; axis < 3; axis++) {
        const numeric =
          -(energyOf(displaced(atoms, site, axis, h)) - energyOf(displaced(atoms, site, axis, -h))) / (2 * h);
        expect(Math.abs(forces[site]![axis]! - numeric)).toBeLessThan(1e-8);
      }
    });
  });

  it('nothing pulls the whole', () => {
    const { forces } = d3Dispersion(atoms, dampingParameters.pbe);
    for (let axis = 0; axis < 3; axis++)
      expect(forces.reduce((sum, force) => sum + force[axis]!, 0)).toBeCloseTo(0, 14);
  });
});

describe.each([
  ['a crystal', crystal],
  ['a slab', slab],
])('of %s', (_, atoms) => {
  it('the stress is the derivative of the energy by strain', () => {
    const { stress } = d3Dispersion(atoms, dampingParameters.pbe);
    const [a, b, c] = atoms.cell!;
    const volume =
      a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
    const h = 1e-4;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const numeric = (energyOf(strained(atoms, i, j, h)) - energyOf(strained(atoms, i, j, -h))) / (2 * h * volume);
        expect(Math.abs(stress![i]![j]! - numeric)).toBeLessThan(1e-8);
      }
    }
  });
});

describe('with the three-body term', () => {
  it.each([
    ['a molecule', molecule],
    // It reaches beyond the end of the sums.
    ['a wire', wire],
  ])('the forces of %s are derivatives of the energy', (_, atoms) => {
    const { forces, threeBodyEnergy } = d3Dispersion(atoms, dampingParameters.pbe, { threeBody: true });
    expect(Math.abs(threeBodyEnergy!)).toBeGreaterThan(1e-7);
    const h = 1e-3;
    for (let axis = 0; axis < 3; axis++) {
      const at = (by: number) => energyOf(displaced(atoms, 1, axis, by), true);
      expect(Math.abs(forces[1]![axis]! + (at(h) - at(-h)) / (2 * h))).toBeLessThan(1e-8);
    }
  });

  it('the stress of a wire is the derivative of the energy by strain', () => {
    const { stress } = d3Dispersion(wire, dampingParameters.pbe, { threeBody: true });
    const [a, b, c] = wire.cell!;
    const volume =
      a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
    const h = 1e-4;
    const numeric =
      (energyOf(strained(wire, 2, 2, h), true) - energyOf(strained(wire, 2, 2, -h), true)) / (2 * h * volume);
    expect(Math.abs(stress![2]![2]! - numeric)).toBeLessThan(1e-8);
  });

  it('three argon atoms repel as Axilrod, Teller and Muto say', () => {
    const argon = (positions: Vector3[]): Atoms => ({
      cell: null,
      periodic: [false, false, false],
      positions,
      atomicNumbers: positions.map(() => 18),
    });
    const side = 14;
    const corners: Vector3[] = [
      [0, 0, 0],
      [side, 0, 0],
      [side / 2, (side * Math.sqrt(3)) / 2, 0],
    ];
    // Equal sides: 3 cos^3(60 degrees) + 1 = 11/8; the damping is off at this distance, and so is the coordination.
    const { threeBodyEnergy } = d3Dispersion(argon(corners), dampingParameters.pbe, { threeBody: true });
    expect(threeBodyEnergy! / ((11 / 8) * 64.6462 ** 1.5 * side ** -9)).toBeCloseTo(1, 2);
  });
});

describe('D3', () => {
  it('of a doubled cell is twice that of the cell', () => {
    const [a, b, c] = crystal.cell!;
    const doubled: Atoms = {
      ...crystal,
      cell: [a, b.map((x) => 2 * x) as Vector3, c],
      positions: [...crystal.positions, ...crystal.positions.map((p) => p.map((x, i) => x + b[i]!) as Vector3)],
      atomicNumbers: [...crystal.atomicNumbers, ...crystal.atomicNumbers],
    };
    expect(energyOf(doubled)).toBeCloseTo(2 * energyOf(crystal), 12);
  });

  it('does not mind in which cell an atom is told', () => {
    const moved = displaced(displaced(displaced(crystal, 1, 0, 3 * 0.1), 1, 1, 3 * -0.6), 1, 2, 3 * 7.3);
    expect(energyOf(moved)).toBeCloseTo(energyOf(crystal), 12);
  });

  it('takes the coefficient of a reference system at its coordination number', () => {
    // Free argon: 64.6462; carbon as in ethane (CN 3.9844): 18.2088 Ha bohr^6.
    expect(dispersionCoefficient([18, 0], [18, 0]).c6).toBeCloseTo(64.6462, 4);
    // The neighbouring references of carbon reach over a little.
    expect(dispersionCoefficient([6, 3.9844], [6, 3.9844]).c6).toBeCloseTo(18.2088, 0);
  });

  it('stays with the nearest reference where the coordination is far beyond all', () => {
    const far = dispersionCoefficient([1, 60], [1, 60]);
    expect(far.c6).toBeCloseTo(3.0267, 10);
    expect(Number.isFinite(far.byFirst)).toBe(true);
  });
});

describe('the kernel refuses', () => {
  const argon: StructureInput = { sites: [{ element: 'Ar', cartesianAngstrom: [0, 0, 0] }] };
  it.each([
    ['local functionals', { structure: argon, functional: 'lda-pz' }, 'dispersion-functional'],
    [
      'elements beyond plutonium',
      { structure: { sites: [{ element: 'Am', cartesianAngstrom: [0, 0, 0] }] } },
      'dispersion-element',
    ],
    ['what is no input', { functional: 'pbe' }, 'input-invalid'],
    ['atoms in one place', { structure: { sites: [argon.sites[0], argon.sites[0]] } }, 'overlap'],
  ])('%s', async (_, input, code) => {
    const failure = await dispersionKernel(input as never, {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(KernelError);
    expect((failure as KernelError).code).toContain(code);
  });
});
