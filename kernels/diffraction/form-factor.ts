import { KernelError } from '../core/errors';
import { formFactorRows } from './form-factors.data';

const bySymbol = new Map(formFactorRows.map(([symbol, ...coefficients]) => [symbol, coefficients]));

/** What a neutral atom scatters, in electrons, at s^2 = (sin(theta)/lambda)^2 in 1/angstrom^2. Throws KernelError `no-form-factor`. */
export function formFactor(element: string, sSquared: number): number {
  const found = bySymbol.get(element);
  if (!found) throw new KernelError('no-form-factor', `No X-ray form factor of ${element} is published.`, { element });
  const [a, b, c] = found;
  let sum = c;
  for (let i = 0; i < a.length; i++) sum += a[i]! * Math.exp(-b[i]! * sSquared);
  return sum;
}
