import { expect, test } from 'vitest';
import { joinArrays, splitArrays } from '@/server/services/data/arrays';

test('long arrays of any rank leave the value and come back exactly', async () => {
  const bands = Array.from({ length: 2 }, (_, s) =>
    Array.from({ length: 60 }, (_, k) => Array.from({ length: 9 }, (_, b) => s + k / 7 + b / 3)),
  );
  const value = {
    energiesEv: bands,
    ticks: [{ distance: 0.1, label: 'Γ' }],
    short: [1, 2],
    nothing: null,
    ragged: [[1], [1, 2]],
  };
  const { value: small, files } = splitArrays(value);
  expect(small).toMatchObject({ energiesEv: { npy: 'energiesEv.npy' }, short: [1, 2], nothing: null });
  expect([...files.keys()]).toEqual(['energiesEv.npy']);
  expect(await joinArrays(small, async (name) => files.get(name)!)).toEqual(value);
});

test('an object that names a .npy file among other things is not taken for the array', async () => {
  const value = { volumes: [{ label: 'Electron density', npy: 'density.npy' }] };
  expect(await joinArrays(splitArrays(value).value, () => Promise.reject(new Error('nothing to read')))).toEqual(value);
});
