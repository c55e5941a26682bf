import { expect, test } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import { multiply, transpose } from '@/kernels/crystal/linear';
import type { Matrix3, Vector3 } from '@/kernels/crystal/schema';
import { fitElastic, strained, tellingStrains, unitStrain } from '@/kernels/mechanics/elastic';
import { elasticityOf, inverseOf, soundOf, youngAlong } from '@/kernels/mechanics/moduli';
import { kelvinFactors, rotate, toKelvin, voigtAxes } from '@/kernels/mechanics/voigt';

const identity: Matrix3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const about = (axis: 0 | 1 | 2, turn: number): Matrix3 => {
  const [c, s] = [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)];
  const [i, j] = [(axis + 1) % 3, (axis + 2) % 3];
  const R = identity.map((row) => [...row]) as Matrix3;
  R[i]![i] = R[j]![j] = c;
  R[i]![j] = -s;
  R[j]![i] = s;
  return R;
};
/** All products of some rotations. */
function groupOf(generators: Matrix3[]): Matrix3[] {
  const group = [identity];
  const isKnown = (R: Matrix3) =>
    group.some((S) => S.every((row, i) => row.every((x, j) => Math.abs(x - R[i]![j]!) < 1e-9)));
  for (const R of group)
    for (const generator of generators) {
      const product = multiply(R, generator);
      if (!isKnown(product)) group.push(product);
    }
  return group;
}
const groups = {
  triclinic: groupOf([]),
  monoclinic: groupOf([about(1, 1 / 2)]),
  orthorhombic: groupOf([about(0, 1 / 2), about(1, 1 / 2)]),
  trigonal: groupOf([about(2, 1 / 3), about(0, 1 / 2)]),
  tetragonal: groupOf([about(2, 1 / 4), about(0, 1 / 2)]),
  hexagonal: groupOf([about(2, 1 / 6), about(0, 1 / 2)]),
  cubic: groupOf([about(2, 1 / 4), about(0, 1 / 4)]),
};
/** Independent constants of each (Nye, Physical Properties of Crystals, 1957, table 9). */
const independent = {
  triclinic: 21,
  monoclinic: 13,
  orthorhombic: 9,
  trigonal: 6,
  tetragonal: 6,
  hexagonal: 5,
  cubic: 3,
};
const enough = { triclinic: 6, monoclinic: 6, orthorhombic: 6, trigonal: 3, tetragonal: 4, hexagonal: 3, cubic: 2 };

/** Any positive stiffness of Kelvin and Mandel, averaged over a group. */
function stiffnessOf(group: Matrix3[], random: () => number): number[][] {
  const A = Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => random() - 0.5));
  const base = A.map((row, i) => A.map((other, j) => row.reduce((sum, x, k) => sum + x * other[k]!, i === j ? 1 : 0)));
  const sum = base.map((row) => row.map(() => 0));
  for (const R of group) {
    const Q = rotationOf(R);
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++)
        for (let k = 0; k < 6; k++)
          for (let l = 0; l < 6; l++) sum[i]![j]! += (Q[i]![k]! * base[k]![l]! * Q[j]![l]!) / group.length;
  }
  return sum;
}

/** What a rotation does to the six numbers of a tensor. */
function rotationOf(R: Matrix3): number[][] {
  const columns = voigtAxes.map((_, j) => {
    const column = toKelvin(rotate(unitStrain(j), R));
    return column.map((x) => x / (j < 3 ? 1 : Math.SQRT1_2));
  });
  return columns[0]!.map((_, i) => columns.map((column) => column[i]!));
}

const fromKelvin = (v: readonly number[]): Matrix3 => {
  const [xx, yy, zz, yz, xz, xy] = v.map((x, i) => x / kelvinFactors[i]!) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ];
};
const stressOf = (kelvin: number[][], strain: Matrix3) => {
  const e = toKelvin(strain);
  return fromKelvin(kelvin.map((row) => row.reduce((sum, c, j) => sum + c * e[j]!, 0)));
};

test.each(Object.keys(groups) as (keyof typeof groups)[])(
  'a %s crystal: as many strains as it needs tell its constants',
  (name) => {
    const random = createRandom(7);
    const group = groups[name];
    const kelvin = stiffnessOf(group, random);
    const chosen = tellingStrains(group);
    expect(chosen.length).toBeLessThanOrEqual(enough[name]);
    const responses = chosen.map((i) => ({ strain: unitStrain(i), stress: stressOf(kelvin, unitStrain(i)) }));
    const { stiffness, residual } = fitElastic(responses, group);
    const found = stiffness.map((row, i) => row.map((c, j) => c * kelvinFactors[i]! * kelvinFactors[j]!));
    expect(found).toEqual(kelvin.map((row) => row.map((c) => expect.closeTo(c, 8))));
    expect(residual).toBeLessThan(1e-9);
    // Noise of the stresses does not break the symmetry of the crystal.
    const noisy = responses.map(({ strain, stress }) => ({
      strain,
      stress: stress.map((row) => row.map((x) => x + 0.01 * (random() - 0.5))) as Matrix3,
    }));
    const rough = fitElastic(noisy, group).stiffness.flatMap((row, i) => row.slice(i));
    const distinct = new Set(rough.map((c) => Math.abs(c).toFixed(7)).filter((text) => Number(text) !== 0));
    // Where the axis is of three or six, C66 follows from C11 and C12 and is a value of its own.
    const following = name === 'trigonal' || name === 'hexagonal' ? 1 : 0;
    expect(distinct.size).toBeLessThanOrEqual(independent[name] + following);
  },
);

test('too few strains are refused', () => {
  const kelvin = stiffnessOf(groups.cubic, createRandom(3));
  const response = { strain: unitStrain(0), stress: stressOf(kelvin, unitStrain(0)) };
  expect(() => fitElastic([response], groups.cubic)).toThrow('do not tell all elastic constants');
});

test('a strain is a symmetric deformation', () => {
  const F = strained(3, 0.01);
  expect(F).toEqual(transpose(F));
  expect(F[1][2]).toBeCloseTo(0.005, 12);
  expect(strained(0, -0.01)[0][0]).toBeCloseTo(0.99, 12);
});

/** Silicon at room temperature, GPa (McSkimin and Andreatch, J. Appl. Phys. 35, 2161 (1964)): 165.6, 63.9, 79.5. */
const silicon = [
  [165.6, 63.9, 63.9, 0, 0, 0],
  [63.9, 165.6, 63.9, 0, 0, 0],
  [63.9, 63.9, 165.6, 0, 0, 0],
  [0, 0, 0, 79.5, 0, 0],
  [0, 0, 0, 0, 79.5, 0],
  [0, 0, 0, 0, 0, 79.5],
];

test('the moduli of silicon are those that are published', () => {
  const { voigt, reuss, hill, anisotropy, isStable, eigenvalues } = elasticityOf(silicon);
  expect(hill.bulk).toBeCloseTo((165.6 + 2 * 63.9) / 3, 8);
  expect(voigt.bulk).toBeCloseTo(reuss.bulk, 8);
  expect(voigt.shear).toBeGreaterThan(reuss.shear);
  expect(hill.young).toBeCloseTo(162.5, 0);
  expect(hill.poisson).toBeCloseTo(0.223, 2);
  expect(anisotropy).toBeCloseTo((6 / 5) * (Math.sqrt(1.564) - 1 / Math.sqrt(1.564)) ** 2, 2);
  expect(isStable).toBe(true);
  expect(eigenvalues[0]).toBeCloseTo(165.6 - 63.9, 8);
  // 130, 169 and 188 GPa (Hopcroft, Nix and Kenny, J. Microelectromech. Syst. 19, 229 (2010)).
  const young = (direction: Vector3) => youngAlong(inverseOf(silicon), direction);
  expect(young([1, 0, 0])).toBeCloseTo(130, 0);
  expect(young([1, 1, 0])).toBeCloseTo(169, 0);
  expect(young([1, 1, 1])).toBeCloseTo(188, 0);
  // 645 K from its elastic constants (Kittel, Introduction to Solid State Physics).
  const { debyeKelvin } = soundOf(hill, 2.329, 8 / 5.431 ** 3);
  expect(Math.abs(debyeKelvin / 645 - 1)).toBeLessThan(0.015);
});

test('a crystal that gives way to a shear is told as unstable', () => {
  const soft = silicon.map((row, i) => row.map((c, j) => (i === j && i > 2 ? -5 : c)));
  expect(elasticityOf(soft).isStable).toBe(false);
  const flat = silicon.map((row, i) => row.map((c) => (i === 5 ? 0 : c)));
  expect(() => elasticityOf(flat)).toThrow('without stress');
});
