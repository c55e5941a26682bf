import type { Resolved } from '@/server/schemas/resolved';

export type Scheme = Resolved['scheme']['value'];

export const schemeNames: Record<Scheme, string> = {
  fixed: 'Fixed occupations',
  gaussian: 'Gaussian',
  'methfessel-paxton': 'Methfessel–Paxton',
  cold: 'Cold (Marzari–Vanderbilt)',
  'fermi-dirac': 'Fermi–Dirac',
};
