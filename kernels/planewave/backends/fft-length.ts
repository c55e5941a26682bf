import { KernelError } from '../../core/errors';

/** The radices of the passes for a transform of this length, or a KernelError where it is no product of 2, 3 and 5. */
export function factorLength(length: number): number[] {
  const radices: number[] = [];
  let rest = length;
  // As few passes as there can be: large radices first, and a four before a six, which would leave a two.
  for (const radix of [8, 9, 5, 4, 6, 3, 2]) {
    while (rest % radix === 0 && rest > 1) {
      radices.push(radix);
      rest /= radix;
    }
  }
  if (rest !== 1 || !Number.isInteger(length)) {
    throw new KernelError(
      'FFT_LENGTH',
      `The grid has ${length} points along an axis; only products of 2, 3 and 5 are supported.`,
      { length },
    );
  }
  return radices;
}
