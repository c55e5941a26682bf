import { expect, it } from 'vitest';
import { measure, readProfile } from '@/kernels/planewave/profile';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('counts the outermost of terms within one another', async () => {
  const before = readProfile();
  await measure('orthonormalisation', async () => {
    await measure('matrix products', () => pause(30));
  });
  const after = readProfile();
  expect(after.orthonormalisation - before.orthonormalisation).toBeGreaterThan(0.02);
  expect(after['matrix products']).toBe(before['matrix products']);
});

it('goes on measuring after work that fails', async () => {
  await expect(measure('fft', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(() =>
    measure('fft', () => {
      throw new Error('failed');
    }),
  ).toThrow('failed');
  const before = readProfile().mixing;
  await measure('mixing', () => pause(20));
  expect(readProfile().mixing).toBeGreaterThan(before);
});
