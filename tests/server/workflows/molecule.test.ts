import { expect, test } from 'vitest';
import { createCaller } from '@/server/routers';
import { compute } from '../engines/espresso/platform';
import { withRealWorker } from './with-real-worker';

const platform = withRealWorker();

const edge = 7;
/** Hydrogen in a box, its bond along x (0.7414 Å, as measured). */
const hydrogen = (periodic: [boolean, boolean, boolean]) => ({
  periodic,
  cellAngstrom: [
    [edge, 0, 0],
    [0, edge, 0],
    [0, 0, edge],
  ],
  sites: [
    { element: 'H', cartesianAngstrom: [edge / 2 - 0.3707, edge / 2, edge / 2] },
    { element: 'H', cartesianAngstrom: [edge / 2 + 0.3707, edge / 2, edge / 2] },
  ],
});
const file = (periodic: [boolean, boolean, boolean], properties: object) => ({
  ...{ structure: hydrogen(periodic), properties, protocol: 'fast', electronicType: 'insulator' },
  ...{ overrides: { cutoffHartree: 15 }, useCache: false, resources: { cores: 2 } },
});

test('a molecule in a box is computed alone, with its orbitals', async () => {
  const orbitals = [0, 1].map((band) => ({ kpoint: [0, 0, 0], band }));
  const { state, results } = await compute(platform.actor, file([false, false, false], { volumes: { orbitals } }));
  expect(state).toBe('finished');
  const { scf, properties } = results as unknown as {
    scf: { energyEv: number; pressureGpa?: number };
    properties: { volumes: { volumes: { quantity: string }[] } };
  };
  // What the kernel gives for it alone; -1.1656 Ha at 60 Ha.
  expect(scf.energyEv / 27.211386).toBeCloseTo(-1.1464, 3);
  // Alone it has no cell that could be under pressure.
  expect(scf.pressureGpa).toBeUndefined();
  expect(properties.volumes.volumes.filter(({ quantity }) => quantity === 'orbital')).toHaveLength(2);
});

test('what ends along some axes is computed alone where an engine can, else a person is warned', async () => {
  const caller = createCaller({ actor: platform.actor });
  const told = async (periodic: [boolean, boolean, boolean]) => {
    const { structure, ...choices } = file(periodic, { bands: {} });
    const { id: structureId } = await caller.structures.import({ text: JSON.stringify(structure), source: 'text' });
    const { id } = await caller.drafts.create({ data: { ...choices, structureId } as never });
    const { warnings, blockers } = await caller.calculations.resolve({ draftId: id } as never);
    return { blockers, warnings: warnings.map(({ message }: { message: string }) => message).join(' ') };
  };
  const alone = await told([false, false, false]);
  expect(alone.blockers).toEqual([]);
  expect(alone.warnings).toContain('levels, not bands');
  expect(alone.warnings).not.toContain('repeated');
  const layer = await told([true, true, false]);
  expect(layer.blockers).toEqual([]);
  expect(layer.warnings).toContain('out of the plane');
  const chain = await told([true, false, false]);
  expect(chain.blockers).toEqual([]);
  expect(chain.warnings).toContain('computed as repeated along');
});
