import { expect, it } from 'vitest';
import { planewaveOutputSchema } from '@/kernels/planewave/schema';
import { runEngine } from '../kernels/planewave/run-engine';

it('a spin channel without electrons has a level that JSON can hold', async () => {
  const output = await runEngine({
    task: 'scf',
    structure: {
      cellAngstrom: [
        [4, 0, 0],
        [0, 4, 0],
        [0, 0, 4],
      ],
      sites: [{ element: 'H', fractional: [0, 0, 0], momentBohrMagneton: 1 }],
    },
    functional: 'lda-pw92',
    cutoffHartree: 8,
    kpoints: { mesh: [1, 1, 1] },
    spin: { kind: 'collinear', totalMagnetisation: 1 },
  });
  const read = planewaveOutputSchema.parse(JSON.parse(JSON.stringify(output)));
  expect(read.fermiSpinHartree!.every(Number.isFinite)).toBe(true);
  expect(read.fermiHartree).toBeGreaterThanOrEqual(read.fermiSpinHartree![0]);
});
