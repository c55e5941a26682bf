import { KernelError } from '../../core/errors';
import type { KernelContext } from '../../core/kernel';

/**
 * Reads a potential from a `.npy` file (Ha, one real number a grid point, C order).
 * @throws KernelError external-potential
 */
export async function readExternalPotential(
  name: string,
  points: number,
  context: KernelContext,
): Promise<Float64Array> {
  const array = await context
    .arrays?.('.')
    .read(name)
    .catch(() => {
      throw new KernelError('external-potential', `The external potential "${name}" cannot be read.`, { name });
    });
  if (array?.dtype !== 'f8' || array.data.length !== points) {
    throw new KernelError(
      'external-potential',
      `The external potential "${name}" must hold ${points} real numbers, one a grid point.`,
      { points },
    );
  }
  return array.data as Float64Array;
}
