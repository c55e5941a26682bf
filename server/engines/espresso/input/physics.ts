import type { Functional, Physics } from '@/server/schemas/settings';
import { type EspressoVersion, hasHubbardCard } from '../version';
import type { Card, NamelistValue } from './pw-input';
import type { PwSpecies } from './species';

type Keys = Record<string, NamelistValue>;

/** Names of functionals to pw.x; the same that the files of the built-in family carry. */
const functionalNames: Record<Functional, string> = {
  'lda-pz': 'SLA+PZ+NOGX+NOGC',
  'lda-pw92': 'SLA+PW+NOGX+NOGC',
  pbe: 'PBE',
  pbesol: 'PBESOL',
};

/** Two-body terms only, as the parameters were fitted and as the embedded engine has it; pw.x would add those of three bodies. */
const d3 = (version: 3 | 4): Keys => ({ vdw_corr: 'grimme-d3', dftd3_version: version, dftd3_threebody: false });

/** rVV10 and vdW-DF2-C09 are functionals: they replace the one that was chosen. */
export function functionalKeys(functional: Functional, dispersion: Physics['dispersion']): Keys {
  switch (dispersion) {
    case 'rvv10':
      return { input_dft: 'rVV10' };
    case 'vdw-df2-c09':
      return { input_dft: 'vdW-DF2-C09' };
    case 'd2':
      return { input_dft: functionalNames[functional], vdw_corr: 'grimme-d2' };
    case 'd3':
      return { input_dft: functionalNames[functional], ...d3(3) };
    case 'd3bj':
      return { input_dft: functionalNames[functional], ...d3(4) };
    case 'none':
      return { input_dft: functionalNames[functional] };
  }
}

/** Spin: starting moments are shares of the valence electrons. */
export function magnetismKeys({ magnetism, spinOrbit }: Physics, species: PwSpecies[]): Keys {
  if (magnetism.kind === 'none' && !spinOrbit) return {};
  const isMagnetic = magnetism.kind === 'collinear';
  const kind: Keys = spinOrbit ? { noncolin: true, lspinorb: true } : { nspin: 2 };
  if (!isMagnetic) return kind;
  const fixed: Keys =
    magnetism.totalMagnetisation === null || spinOrbit ? {} : { tot_magnetization: magnetism.totalMagnetisation };
  const starts = species.flatMap(({ momentBohrMagneton, valenceElectrons }, i): [string, number][] => {
    const share = Math.max(-1, Math.min(1, momentBohrMagneton / valenceElectrons));
    return share === 0 ? [] : [[`starting_magnetization(${i + 1})`, share]];
  });
  // pw.x refuses spin that nothing starts and nothing fixes.
  if (starts.length === 0 && fixed.tot_magnetization === undefined) starts.push(['starting_magnetization(1)', 0.1]);
  return { ...kind, ...fixed, ...Object.fromEntries(starts) };
}

/** Hubbard U on every species of the elements named: keys before 7.1, a card since. */
export function hubbardInput(
  { hubbard }: Physics,
  species: PwSpecies[],
  version: EspressoVersion,
): { keys: Keys; cards: Card[] } {
  const wanted = species.flatMap((kind, i) =>
    hubbard.filter(({ element }) => element === kind.element).map((u) => ({ ...u, label: kind.label, index: i + 1 })),
  );
  if (wanted.length === 0) return { keys: {}, cards: [] };
  if (hasHubbardCard(version)) {
    const lines = wanted.map(({ label, manifold, uEv }) => `U ${label}-${manifold} ${uEv}`);
    return { keys: {}, cards: [{ name: 'HUBBARD', option: 'ortho-atomic', lines }] };
  }
  const values = Object.fromEntries(wanted.map(({ index, uEv }) => [`hubbard_u(${index})`, uEv]));
  return { keys: { lda_plus_u: true, u_projection_type: 'ortho-atomic', ...values }, cards: [] };
}
