import type { Physics } from '@/server/schemas/settings';

export const dispersionNames: Record<Physics['dispersion'], string> = {
  none: 'None',
  d3bj: 'D3 with Becke–Johnson damping',
  d3: 'D3, original damping',
  d2: 'D2',
  rvv10: 'rVV10',
  'vdw-df2-c09': 'vdW-DF2-C09',
};
