import type { BandsResult, DosResult, Gap } from '@/server/schemas/results';

const gap: Gap = {
  gapEv: 0.6,
  kind: 'indirect',
  directEv: 2.5,
  valence: { energyEv: 6, band: 0, fractional: [0, 0, 0], label: 'Γ' },
  conduction: { energyEv: 6.6, band: 1, fractional: [0.425, 0, 0.425], label: null },
};

/** Two bands along Γ–X–U | K–Γ with round numbers: a path with a break, in the shape of the server's results. */
export const bands: BandsResult = {
  kpoints: [
    { fractional: [0, 0, 0], distance: 0, label: 'GAMMA' },
    { fractional: [0.25, 0, 0.25], distance: 1, label: null },
    { fractional: [0.5, 0, 0.5], distance: 2, label: 'X' },
    { fractional: [0.625, 0.25, 0.625], distance: 3, label: 'U' },
    { fractional: [0.375, 0.375, 0.75], distance: 3, label: 'K' },
    { fractional: [0, 0, 0], distance: 5, label: 'GAMMA' },
  ],
  ticks: [
    { distance: 0, label: 'GAMMA' },
    { distance: 2, label: 'X' },
    { distance: 3, label: 'U|K' },
    { distance: 5, label: 'GAMMA' },
  ],
  segments: [
    [0, 3],
    [4, 5],
  ],
  energiesEv: [
    [
      [6, 8],
      [5, 7],
      [4, 6.6],
      [3, 7],
      [3.5, 7.5],
      [6, 8],
    ],
  ],
  fermiEv: 6.2,
  zeroEv: 6,
  zero: 'valence-maximum',
  gap,
  note: null,
};

export const dos: DosResult = {
  energiesEv: [3, 4, 5, 6, 7, 8],
  statesPerEv: [[0.5, 1, 2, 0, 1, 3]],
  integratedStates: [[0.5, 1.5, 3.5, 3.5, 4.5, 7.5]],
  fermiEv: 6.2,
  zeroEv: 6,
  zero: 'valence-maximum',
  method: 'tetrahedra',
  gap,
};
