import type { DraftData } from '@/server/schemas/draft';
import type { Notice, Resolved } from '@/server/schemas/resolved';
import { derive } from './derive';
import { protocolNumbers } from './protocol-numbers';

/** A third of a kelvin. */
const WIDTH_MIN_HARTREE = 1e-6;

interface Occupations {
  numbers: Pick<Resolved, 'scheme' | 'widthHartree'>;
  notes: string[];
  blockers: Notice[];
}

/** Fixed for insulators, cold smearing else; an unknown electronic type is taken for a metal's and reported. */
export function resolveOccupations(
  { electronicType, protocol, overrides, magnetism, spinOrbit, engine }: DraftData,
  electrons: number | null,
): Occupations {
  const isInsulator = electronicType === 'insulator';
  const source = { metal: 'a metal', insulator: 'an insulator', unknown: 'electronic type unknown' }[electronicType];
  const scheme = derive<Resolved['scheme']['value']>(isInsulator ? 'fixed' : 'cold', source, overrides.scheme);
  const width = protocolNumbers[protocol].widthHartree;
  const widthHartree = scheme.value === 'fixed' ? null : derive(width, protocol, overrides.widthHartree);
  const notes =
    electronicType === 'unknown' && !scheme.overridden
      ? ['Whether the material is a metal was left open: cold smearing was used, which is right for both.']
      : [];
  const isPaired = magnetism.kind === 'none' && !spinOrbit;
  const isOdd = isPaired && electrons !== null && scheme.value === 'fixed' && !isWhole(electrons / 2);
  const tooNarrow: Notice[] =
    widthHartree && widthHartree.value < WIDTH_MIN_HARTREE
      ? [
          {
            code: 'width-too-small',
            message: `With a smearing of ${widthHartree.value} Ha no calculation converges: from ${WIDTH_MIN_HARTREE} Ha on one may. Fixed occupations need none.`,
            step: 'properties',
            property: null,
          },
        ]
      : [];
  const odd: Notice[] = isOdd
    ? [
        {
          code: 'odd-electrons',
          message: `The cell has ${electrons} electrons, an odd number, which cannot fill bands in pairs. Choose metal or unknown instead of insulator.`,
          step: 'properties',
          property: null,
        },
      ]
    : [];
  const { totalMagnetisation } = magnetism;
  const unfit: Notice[] =
    scheme.value === 'fixed' &&
    !isPaired &&
    electrons !== null &&
    totalMagnetisation !== null &&
    !isWhole((electrons + totalMagnetisation) / 2)
      ? [
          {
            code: 'moment-unfit',
            message: `${electrons} electrons cannot have a moment of ${totalMagnetisation} Bohr magnetons with bands that are full or empty: both are even or both odd.`,
            step: 'properties',
            property: null,
          },
        ]
      : [];
  const open: Notice[] =
    engine === 'planewave' && scheme.value === 'fixed' && magnetism.kind === 'collinear' && totalMagnetisation === null
      ? [
          {
            code: 'moment-open',
            message:
              'With bands that are full or empty the moment of the cell must be fixed too: an insulator’s electrons do not find it by themselves. Fix it, or choose metal or not known.',
            step: 'properties',
            property: null,
          },
        ]
      : [];
  return { numbers: { scheme, widthHartree }, notes, blockers: [...odd, ...tooNarrow, ...unfit, ...open] };
}

const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;
