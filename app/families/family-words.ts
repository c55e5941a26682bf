import { functionalNames } from '../plot/electronic-export';

/** "pbe, lda-pw92" as people write them. */
export const functionalWords = (functional: string) =>
  functional
    .split(', ')
    .map((one) => functionalNames[one] ?? one)
    .join(', ');

export const typeWords: Record<string, string> = { NC: 'norm-conserving', US: 'ultrasoft', PAW: 'PAW' };
export const relativityWords = { none: 'none', scalar: 'scalar', full: 'full, with spin–orbit' } as const;

export const layoutWords = {
  'built-in': 'made for this family by a rule, and checked on crystals',
  sssp: 'from the table of SSSP',
  pseudodojo: 'from the hints of PseudoDojo',
  headers: 'as the files suggest, the same for every protocol',
} as const;
