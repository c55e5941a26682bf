import { type Dispersion, replacingFunctionals } from '@/server/schemas/settings';

/** The functional that was computed with, by its short name: some treatments of dispersion replace the one that was chosen. */
export const usedFunctional = (functional: string, dispersion: string): string =>
  (dispersion as Dispersion) in replacingFunctionals ? dispersion : functional;
