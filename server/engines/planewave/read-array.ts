import { decodeNpy } from '@/kernels/core/npy';
import { nestArray } from '../nested-array';

export type ReadBytes = (name: string) => Promise<Uint8Array>;
interface Nested {
  3: number[][][];
  4: number[][][][];
}

/** An array that the kernel wrote in place, or as a `.npy` file beside its output. */
export async function readArray<Rank extends keyof Nested>(
  stored: Nested[Rank] | { npy: string },
  readBytes: ReadBytes,
): Promise<Nested[Rank]> {
  if (Array.isArray(stored)) return stored;
  const { shape, data } = decodeNpy(await readBytes(stored.npy));
  return nestArray(Array.from(data), shape) as Nested[Rank];
}
