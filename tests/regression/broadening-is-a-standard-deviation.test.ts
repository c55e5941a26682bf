import { expect, test } from 'vitest';
import { HARTREE_EV } from '@/kernels/core/constants';
import { prepare } from '@/server/engines/planewave/prepare';
import { makeContext } from '../server/engines/context';

// The screen asks for a standard deviation; the kernel's Gaussian exp(-(E/w)^2) took the number for its w.
test('the kernel is given the width of its own Gaussian for a standard deviation', async () => {
  const mesh: [number, number, number] = [4, 4, 4];
  const task = {
    kind: 'dos',
    mesh,
    method: 'gaussian',
    widthEv: 0.1,
    stepEv: 0.01,
    count: null,
    projections: false,
  } as const;
  const { files } = prepare(task, await makeContext());
  expect(JSON.parse(files['input.json']!).dos.widthHartree).toBeCloseTo((Math.SQRT2 * 0.1) / HARTREE_EV, 12);
});
