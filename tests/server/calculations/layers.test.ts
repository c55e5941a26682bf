import { expect, test } from 'vitest';
import { kindsOfLayers } from '@/kernels/crystal/exfoliate';
import { parseStructure } from '@/kernels/crystal/structure';
import type { Derived } from '@/server/schemas/resolved';
import { withRelaxedLayers } from '@/server/services/calculations/resolve/layers';

const boronNitride = (distance: number, a = 2.504) =>
  parseStructure({
    cellAngstrom: [
      [a, 0, 0],
      [-a / 2, (a * Math.sqrt(3)) / 2, 0],
      [0, 0, distance],
    ],
    sites: [
      { element: 'B', fractional: [1 / 3, 2 / 3, 0.5] },
      { element: 'N', fractional: [2 / 3, 1 / 3, 0.5] },
    ],
  });

const numbers = (mesh: [number, number, number]) => ({
  ...{ cutoffHartree: null, elements: [], gridScale: derived(1), mesh: derived(mesh) },
  properties: {
    exfoliation: {
      ...{ settings: {}, defaults: {}, summary: '' },
      layers: kindsOfLayers(boronNitride(6)).map((layer) => ({
        ...{ ...layer, mesh: [1, 1, 1] as [number, number, number], shift: [0, 0, 0] as [number, number, number] },
        fftGrid: null,
      })),
    },
  },
});

function derived<Value>(value: Value): Derived<Value> {
  return { value, automatic: value, source: '', overridden: false };
}

const choices = { overrides: {}, protocol: 'fast', electronicType: 'insulator' } as const;

test('the layer of a relaxed crystal has its new cell, and the mesh and the shift of the crystal along the axes that both share', async () => {
  const shift: [number, number, number] = [0.5, 0.5, 0.5];
  const { exfoliation } = await withRelaxedLayers(
    { ...choices, overrides: { shift } },
    numbers([5, 5, 2]),
    boronNitride(5, 2.6),
  );
  const [layer, ...others] = exfoliation!.layers!;
  expect(others).toEqual([]);
  expect(layer!.structure.cellAngstrom![0]![0]).toBeCloseTo(2.6, 9);
  expect([layer!.mesh, layer!.shift, layer!.copies]).toEqual([[5, 5, 1], [0.5, 0.5, 0], 1]);
  expect(layer!.isGone).toBeUndefined();
});

test('layers that grew together are marked, so that no energy is made of them', async () => {
  const { exfoliation } = await withRelaxedLayers(choices, numbers([5, 5, 2]), boronNitride(1.5));
  expect(exfoliation!.layers!.map(({ isGone }) => isGone)).toEqual([true]);
});
