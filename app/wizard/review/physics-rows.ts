import type { Resolved } from '@/server/schemas/resolved';
import { type EngineName, physicsSchema } from '@/server/schemas/settings';
import { fixed, plain, UNIT_SPACE } from '../../format/number';
import { dispersionNames } from '../physics/dispersion-names';
import type { Row } from './review-rows';

export const engineNames: Record<EngineName, string> = {
  planewave: 'embedded engine',
  espresso: 'Quantum ESPRESSO',
};

const MOMENTS_SHOWN = 12;
const moment = (value: number) => `${value > 0 ? '+' : ''}${fixed(value, Number.isInteger(value) ? 0 : 2)}`;

/** The physics beside the functional; what is not asked for takes no line, save magnetism. Old snapshots say nothing of it. */
export function physicsRows(resolved: Resolved): Row[] {
  const { magnetism, dispersion, charge, hubbard, spinOrbit, espressoEdits } = physicsSchema.parse(resolved);
  const { moments, totalMagnetisation } = magnetism;
  const rows: Row[] = [['Magnetism', magnetism.kind === 'none' ? 'off' : 'collinear']];
  if (magnetism.kind === 'collinear') {
    const shown = moments?.slice(0, MOMENTS_SHOWN).map(moment).join(', ');
    const rest = moments && moments.length > MOMENTS_SHOWN ? ` and ${moments.length - MOMENTS_SHOWN} more` : '';
    rows.push(['Starting moments (μB)', shown ? shown + rest : 'those of the structure']);
    rows.push([
      'Moment of the cell',
      totalMagnetisation === null ? 'free' : `fixed at ${plain(totalMagnetisation)} μB`,
    ]);
  }
  if (dispersion !== 'none') rows.push(['Dispersion', dispersionNames[dispersion]]);
  if (charge !== 0) rows.push(['Charge of the cell', `${plain(charge)}${UNIT_SPACE}e`]);
  if (spinOrbit) rows.push(['Spin-orbit coupling', 'included']);
  if (hubbard.length > 0)
    rows.push([
      'Hubbard U',
      hubbard.map(({ element, manifold, uEv }) => `${element} ${manifold} ${plain(uEv)}${UNIT_SPACE}eV`).join(', '),
    ]);
  const edited = Object.keys(espressoEdits);
  if (edited.length > 0) rows.push(['Input of pw.x changed', edited.join(', '), 'set by hand']);
  return rows;
}
