import { describe, expect, it } from 'vitest';
import { checkStructure } from '@/kernels/crystal/check-structure';
import { elementBySymbol } from '@/kernels/crystal/elements';
import { examples } from '@/kernels/crystal/examples.data';
import { formula } from '@/kernels/crystal/formula';
import { bandPath } from '@/kernels/crystal/kpath';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { nearestPair } from '@/kernels/crystal/neighbours';
import { parseStructure } from '@/kernels/crystal/structure';
import { analyzeSymmetry, loadSymmetry } from '@/kernels/crystal/symmetry';

loadSymmetry(readMoyoWasm());

describe.each(examples)('the example $name', ({ structure: input, spaceGroupNumber, source, description }) => {
  const structure = parseStructure(input);
  const symmetry = analyzeSymmetry(structure);

  it('has the space group that its source names, in a primitive cell, with a band path', () => {
    expect(symmetry.spaceGroupNumber).toBe(spaceGroupNumber);
    expect(symmetry.isPrimitive).toBe(true);
    expect(bandPath(structure, symmetry).folded).toBe(false);
  });

  it('is sound, with bonds of the length that its atoms have', () => {
    expect(checkStructure(structure)).toEqual([]);
    const { first, second, distanceAngstrom } = nearestPair(structure)!;
    const radii = [first, second].map(
      (i) => elementBySymbol(structure.sites[i]!.species[0]!.element).covalentRadiusAngstrom!,
    );
    const bond = radii[0]! + radii[1]!;
    expect(distanceAngstrom / bond).toBeGreaterThan(0.8);
    expect(distanceAngstrom / bond).toBeLessThan(1.45);
  });

  it('says where it is from and what it is, in one sentence', () => {
    expect(source).toMatch(/\((19|20)\d\d/);
    expect(description).toMatch(/^[A-Z][^\n]*\.$/);
  });
});

describe('the examples', () => {
  it('are many, of all kinds, and each has its own id', () => {
    expect(examples.length).toBeGreaterThanOrEqual(24);
    expect(new Set(examples.map(({ id }) => id)).size).toBe(examples.length);
    const formulas = examples.map(({ structure }) => formula(parseStructure(structure)));
    for (const wanted of ['Si', 'GaAs', 'MgO', 'NaCl', 'BaTiO3', 'MoS2', 'LiCoO2', 'Li6PS5Cl', 'LiFePO4'])
      expect(formulas).toContain(wanted);
    expect(examples.find(({ id }) => id === 'argyrodite')!.structure.sites).toHaveLength(13);
  });
});
