import { KernelError } from '../../core/errors';
import type { Structure } from '../../crystal/schema';
import { defaultBandCount, occupiedBands } from '../estimate';
import { requireEvenElectrons } from '../scf/occupations';
import type { ResolvedPlanewaveInput } from '../schema';

export interface SpinSetup {
  spinChannels: 1 | 2;
  /** Bohr magnetons by site. */
  initialMoments: number[];
  totalMagnetisation: number | null;
}

/**
 * Spin channels and moments of the start.
 * @throws KernelError odd-electrons, moment-impossible, magnetisation-impossible, magnetisation-missing
 */
export function chooseSpin(
  input: ResolvedPlanewaveInput,
  { sites }: Structure,
  { electrons, valences }: { electrons: number; valences: readonly number[] },
  notes: string[],
): SpinSetup {
  // A single shot fills its bands by a smearing whatever the input's occupations are.
  const isFixed = input.occupations.scheme === 'fixed' && input.task !== 'single-shot';
  if (input.spin.kind === 'none') {
    if (isFixed) requireEvenElectrons(electrons);
    else if (isOdd(electrons))
      notes.push(
        `The cell holds ${electrons} electrons, an odd number, and is computed without spin: if one of them stays unpaired, collinear spin gives a lower energy.`,
      );
    return { spinChannels: 1, initialMoments: sites.map(() => 0), totalMagnetisation: null };
  }
  const { totalMagnetisation } = input.spin;
  const initialMoments = sites.map(({ momentBohrMagneton = 0 }) => momentBohrMagneton);
  initialMoments.forEach((moment, site) => {
    if (Math.abs(moment) <= valences[site]!) return;
    const element = sites[site]!.species[0]!.element;
    throw new KernelError(
      'moment-impossible',
      `The initial moment ${moment} of site ${site + 1} (${element}) is more than its ${valences[site]} valence electrons can give.`,
      { moment, site, valence: valences[site]! },
    );
  });
  if (totalMagnetisation !== null) checkTotal(totalMagnetisation, electrons, isFixed);
  else if (isFixed)
    throw new KernelError(
      'magnetisation-missing',
      'Fixed occupations with spin need spin.totalMagnetisation: how many electrons are up more than down. Or choose a smearing, which finds it.',
      { electrons },
    );
  if (initialMoments.every((moment) => moment === 0) && !totalMagnetisation)
    notes.push(
      'All initial moments are zero: the calculation starts without magnetisation and stays so. Give a moment to the sites that may carry one.',
    );
  return { spinChannels: 2, initialMoments, totalMagnetisation };
}

function checkTotal(total: number, electrons: number, isFixed: boolean): void {
  if (Math.abs(total) > electrons)
    throw new KernelError(
      'magnetisation-impossible',
      `A total magnetisation of ${total} cannot be had from ${electrons} electrons.`,
      { totalMagnetisation: total, electrons },
    );
  if (isFixed && isOdd(electrons + total))
    throw new KernelError(
      'magnetisation-impossible',
      `With fixed occupations ${electrons} electrons cannot give a total magnetisation of ${total}: up and down together must make ${electrons}, each a whole number.`,
      { totalMagnetisation: total, electrons },
    );
}

const isOdd = (electrons: number) => Math.abs(electrons / 2 - Math.round(electrons / 2)) > 1e-8;

/** As many as atomic orbitals, but no more than the larger of four and a fifth beyond the occupied ones; never fewer than those. */
export function singleShotBands(electrons: number, orbitals: number): number {
  const occupied = occupiedBands(electrons);
  return Math.max(Math.min(orbitals, defaultBandCount(electrons)), occupied);
}

/** @throws KernelError bands-too-few */
export function chooseBandCount(
  asked: number | undefined,
  electrons: number,
  { spinChannels, initialMoments, totalMagnetisation }: SpinSetup,
): number {
  const expected = totalMagnetisation ?? initialMoments.reduce((sum, moment) => sum + moment, 0);
  // Of the spin that has more: its bands must hold them.
  const paired = spinChannels === 1 ? electrons : electrons + Math.abs(expected);
  const occupied = occupiedBands(totalMagnetisation === null ? electrons : paired);
  const count = asked ?? defaultBandCount(paired);
  if (count < occupied) {
    throw new KernelError(
      'bands-too-few',
      `${count} bands cannot hold ${electrons} electrons: at least ${occupied} are needed.`,
      { count, electrons },
    );
  }
  return count;
}
