import type { CalculationResults } from '@/server/schemas/calculation';
import type { Gap } from '@/server/schemas/results';
import { fixed, NOT_COMPUTED, quantity } from '../format/number';
import { edgeName } from '../plot/electronic-export';
import type { Path } from '../plot/kpoint-name';

export interface Figure {
  name: string;
  /** Rounded, typeset. */
  shown: string;
  /** In full, to be copied; null where there is nothing to copy. */
  full: string | null;
  /** What it is more exactly: kind and place. */
  detail: string | null;
}

/** Within this the path's own edges are told: their places have names. */
const SAME_GAP_EV = 1e-3;

/** The gap over mesh, path and the mesh of the density of states: the smallest that any of them saw. */
export function bestGap({ scf, properties: { bands, dos } }: CalculationResults): Gap | null {
  const gaps = [bands?.gap, dos?.gap, scf?.gap].filter((gap) => gap !== undefined);
  if (gaps.length === 0) return null;
  const isSmaller = (a: Gap, b: Gap) => a.gapEv < b.gapEv - SAME_GAP_EV;
  return gaps.find(({ kind }) => kind === 'metal') ?? gaps.reduce((a, b) => (isSmaller(b, a) ? b : a));
}

/** The numbers that matter first. Absent ones read "not computed". */
export function figuresOf(results: CalculationResults): Figure[] {
  const { scf } = results;
  const gap = bestGap(results);
  return [
    gapFigure(gap, results.properties.bands ?? null),
    ...(gap && gap.kind === 'indirect' ? [figure('Direct gap', gap.directEv, 2, 'eV', 'smallest at one k-point')] : []),
    figure('Fermi level', scf?.fermiEv ?? null, 3, 'eV', gap?.kind === 'metal' ? null : 'in the gap'),
    figure('Energy per atom', scf?.energyEvPerAtom ?? null, 4, 'eV', null),
    figure('Total energy', scf?.energyEv ?? null, 4, 'eV', 'per cell'),
    ...(scf?.totalMagnetisation === undefined
      ? []
      : [
          figure(
            'Magnetisation',
            scf.totalMagnetisation,
            2,
            'μB',
            `per cell; ${fixed(scf.absoluteMagnetisation, 2)} absolute`,
          ),
        ]),
    ...(scf?.pressureGpa === undefined ? [] : [figure('Pressure', scf.pressureGpa, 2, 'GPa', null)]),
    ...(scf?.forcesEvPerAngstrom
      ? [figure('Largest force', largestForce(scf.forcesEvPerAngstrom), 3, 'eV/Å', 'on one site')]
      : []),
    ...(scf
      ? [
          {
            name: 'Converged',
            shown: scf.converged ? 'yes' : 'no',
            full: null,
            detail: `after ${scf.iterations.length} iterations`,
          },
        ]
      : []),
  ];
}

/** The length of the longest. */
export const largestForce = (forces: readonly (readonly number[])[]) =>
  Math.max(0, ...forces.map((force) => Math.hypot(...force)));

function gapFigure(gap: Gap | null, path: Path | null): Figure {
  const name = 'Band gap';
  if (!gap) return { name, shown: NOT_COMPUTED, full: null, detail: null };
  if (gap.kind === 'metal') return { name, shown: 'none', full: '0', detail: 'a metal' };
  const where =
    gap.kind === 'direct'
      ? `at ${edgeName(gap.valence, path)}`
      : `${edgeName(gap.valence, path)} to ${edgeName(gap.conduction, path)}`;
  return { name, shown: quantity(gap.gapEv, 2, 'eV'), full: String(gap.gapEv), detail: `${gap.kind}, ${where}` };
}

const figure = (name: string, value: number | null, decimals: number, unit: string, detail: string | null): Figure => ({
  name,
  shown: value === null ? fixed(null, 0) : quantity(value, decimals, unit),
  full: value === null ? null : String(value),
  detail: value === null ? null : detail,
});
