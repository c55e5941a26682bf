import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { nearestPair } from '@/kernels/crystal/neighbours';
import type { Structure, Vector3 } from '@/kernels/crystal/schema';
import { cartesianPositions } from '@/kernels/crystal/structure';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import { createCaller } from '@/server/routers';
import { moleculeOf } from '@/server/services/structures/thread/molecule-of';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';

loadSymmetry(readMoyoWasm());

const distance = (a: Vector3, b: Vector3) => Math.hypot(...a.map((x, i) => x - b[i]!));
const placesOf = (structure: Structure, element: string) =>
  cartesianPositions(structure).filter((_, i) => structure.sites[i]!.species[0]!.element === element);

describe('a molecule of a SMILES', () => {
  test('has the hydrogens, distances and angle of water, in the middle of its box', async () => {
    const { structure, formula, summary } = await moleculeOf({ smiles: 'O', marginAngstrom: 5 });
    expect(formula).toBe('H2O');
    expect(structure.periodic).toEqual([false, false, false]);
    const [oxygen] = placesOf(structure, 'O');
    const hydrogens = placesOf(structure, 'H');
    for (const one of hydrogens) expect(distance(one, oxygen!)).toBeCloseTo(0.969, 2);
    const [first, second] = hydrogens.map((one) => one.map((x, i) => x - oxygen![i]!));
    const cosine = first!.reduce((sum, x, i) => sum + x * second![i]!, 0) / 0.969 ** 2;
    expect(Math.abs((Math.acos(cosine) * 180) / Math.PI - 104)).toBeLessThan(1);
    const places = cartesianPositions(structure);
    for (const axis of [0, 1, 2]) {
      const along = places.map((place) => place[axis]!);
      const length = structure.cellAngstrom![axis]![axis]!;
      expect(Math.min(...along)).toBeGreaterThanOrEqual(4.99);
      expect(length - Math.max(...along)).toBeGreaterThanOrEqual(4.99);
    }
    expect(summary.issues.map(({ code }) => code)).not.toContain('assumed');
  });

  test('is planar for benzene, and the same each time', async () => {
    const { structure, hash } = await moleculeOf({ smiles: 'c1ccccc1', marginAngstrom: 4 });
    const carbons = placesOf(structure, 'C');
    const lengths = carbons.map((one) => carbons.map((other) => distance(one, other)).sort((a, b) => a - b));
    // Two neighbours, and the atom across.
    for (const [, near, next, , , across] of lengths) {
      expect(near).toBeCloseTo(1.39, 1);
      expect(next).toBeCloseTo(near!, 2);
      expect(across).toBeCloseTo(2 * near!, 2);
    }
    expect((await moleculeOf({ smiles: 'c1ccccc1', marginAngstrom: 4 })).hash).toBe(hash);
  });

  test('says where the force field does not know its atoms, and keeps them apart', async () => {
    const { structure, formula, summary } = await moleculeOf({ smiles: 'F[P-](F)(F)(F)(F)F', marginAngstrom: 5 });
    expect(formula).toBe('F6P');
    const notes = summary.issues.flatMap(({ code, message }) => (code === 'assumed' ? message : []));
    expect(notes).toEqual([expect.stringMatching(/MMFF94 does not know/), expect.stringMatching(/charge of −1 e/)]);
    expect(nearestPair(structure)!.distanceAngstrom).toBeGreaterThan(1.2);
  });

  test.each([
    ['C1CC', /no SMILES that can be read: dangling ring closure/],
    ['hello', /no SMILES that can be read/],
    ['C'.repeat(60), /has 182 atoms; molecules of 1 to 120/],
  ])('%s is refused by a sentence', async (smiles, sentence) => {
    await expect(moleculeOf({ smiles, marginAngstrom: 5 })).rejects.toThrow(sentence);
  });
});

describe('on the platform', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    await ensurePrograms();
    platform = await startTestPlatform();
  }, 120_000);
  afterAll(() => platform?.stop());

  test('is stored with the SMILES that it came from, and holds up no other structure', async () => {
    const caller = createCaller({ actor: platform.actor });
    // Both threads have started.
    await Promise.all([
      caller.structures.fromSmiles({ smiles: 'O' }),
      caller.structures.import({ text: '1\n\nNe 0 0 0\n' }),
    ]);
    let isMade = false;
    const made = caller.structures.fromSmiles({ smiles: 'CC(=O)Oc1ccccc1C(=O)OCCCCCCCCC' }).finally(() => {
      isMade = true;
    });
    await caller.structures.import({ text: '1\n\nHe 0 0 0\n' });
    expect(isMade).toBe(false);
    const { id, formula, name, source } = await made;
    expect({ formula, name, kind: source.kind }).toEqual({
      ...{ formula: 'C18H26O4', name: 'CC(=O)Oc1ccccc1C(=O)OCCCCCCCCC', kind: 'smiles' },
    });
    expect((await caller.structures.get({ id })).sites).toBe(48);
    await expect(caller.structures.fromSmiles({ smiles: 'C1CC' })).rejects.toThrow(/no SMILES/);
  }, 60_000);
});
