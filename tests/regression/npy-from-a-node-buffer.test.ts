import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { decodeNpy, encodeNpy } from '@/kernels/core/npy';

test('an array read from a file (a Buffer, whose slice shares memory) holds its own numbers only', () => {
  const data = Float64Array.from([1, 2, 3]);
  const fromFile = Buffer.from(encodeNpy({ dtype: 'f8', shape: [3], data }));
  expect(Array.from(decodeNpy(fromFile).data)).toEqual([1, 2, 3]);
});
