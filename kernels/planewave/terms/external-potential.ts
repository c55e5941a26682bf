import { KernelError } from '../../core/errors';
import type { KernelContext } from '../../core/kernel';

/**
 * Adds the potential in a `.npy` file (Ha, one real number a grid point, C order) to another.
 * @throws KernelError external-potential
 */
export async function addExternalPotential(
  potential: Float64Array,
  name: string,
  context: KernelContext,
): Promise<void> {
  const array = await context
    .arrays?.('.')
    .read(name)
    .catch(() => {
      throw new KernelError('external-potential', `The external potential "${name}" cannot be read.`, { name });
    });
  if (array?.dtype !== 'f8' || array.data.length !== potential.length) {
    throw new KernelError(
      'external-potential',
      `The external potential "${name}" must hold ${potential.length} real numbers, one a grid point.`,
      { points: potential.length },
    );
  }
  for (let i = 0; i < potential.length; i++) potential[i]! += array.data[i]!;
}
