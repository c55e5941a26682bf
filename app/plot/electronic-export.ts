import type { CalculationDetail } from '@/server/schemas/calculation';
import type { BandsResult, DosResult, Gap, Orbital } from '@/server/schemas/results';
import { type Dispersion, replacingFunctionals } from '@/server/schemas/settings';
import { toCsv } from '../format/csv';
import { fixed, mesh, plain, quantity, UNIT_SPACE } from '../format/number';
import { formulaText, kpointLabelText } from '../format/typeset';
import { dispersionNames } from '../wizard/physics/dispersion-names';
import { kpointName, nameOnPath, type Path } from './kpoint-name';

/** One row a k-point: where it is, and all bands, eV as computed (not shifted). */
export function bandsTable(bands: BandsResult): { header: string[]; rows: (string | number | null)[][] } {
  const spins = bands.energiesEv.length;
  const columns = bands.energiesEv.flatMap((spin, s) =>
    (spin[0] ?? []).map((_, band) => `band ${band + 1}${spins > 1 ? ` spin ${s + 1}` : ''} (eV)`),
  );
  return {
    header: ['label', 'distance (1/angstrom)', 'k1', 'k2', 'k3', ...columns],
    rows: bands.kpoints.map(({ label, distance, fractional }, k) => [
      label,
      distance,
      ...fractional,
      ...bands.energiesEv.flatMap((spin) => spin[k]!),
    ]),
  };
}

const orbitalName = ({ element, site, n, l, m }: Orbital) => `${element} ${site + 1} ${n}${'spdf'[l]} m${m}`;

/** One row a state: where it is, its energy as computed, and the share of each atomic orbital. */
export function bandOrbitalsTable(bands: BandsResult): { header: string[]; rows: (string | number | null)[][] } {
  const { orbitals, weights } = bands.projections!;
  const place = ['label', 'distance (1/angstrom)', 'k1', 'k2', 'k3', 'spin', 'band', 'energy (eV)'];
  return {
    header: [...place, ...orbitals.map(orbitalName)],
    rows: bands.energiesEv.flatMap((points, spin) =>
      points.flatMap((energies, k) => {
        const { label, distance, fractional } = bands.kpoints[k]!;
        return energies.map((energy, band) => [
          ...[label, distance, ...fractional, spin + 1, band + 1, energy],
          ...weights[spin]![k]![band]!,
        ]);
      }),
    ),
  };
}

/** One row an energy: density and integral for each spin, energies as computed. */
export function dosTable(dos: DosResult): { header: string[]; rows: number[][] } {
  const spins = dos.statesPerEv.length;
  const suffix = (spin: number) => (spins > 1 ? ` spin ${spin + 1}` : '');
  return {
    header: [
      'energy (eV)',
      ...dos.statesPerEv.flatMap((_, s) => [`density (states/eV)${suffix(s)}`, `integral (states)${suffix(s)}`]),
    ],
    rows: dos.energiesEv.map((energy, i) => [
      energy,
      ...dos.statesPerEv.flatMap((states, s) => [states[i]!, dos.integratedStates[s]![i]!]),
    ]),
  };
}

/** One row an energy: the density of each atomic orbital and spin. */
export function orbitalTable({ energiesEv, projections }: DosResult): { header: string[]; rows: number[][] } {
  const { orbitals, statesPerEv } = projections!;
  const suffix = (spin: number) => (statesPerEv.length > 1 ? ` spin ${spin + 1}` : '');
  const names = orbitals.map(orbitalName);
  return {
    header: ['energy (eV)', ...statesPerEv.flatMap((_, s) => names.map((name) => `${name}${suffix(s)}`))],
    rows: energiesEv.map((energy, i) => [energy, ...statesPerEv.flatMap((spin) => spin.map((curve) => curve[i]!))]),
  };
}

export const tableCsv = ({ header, rows }: { header: string[]; rows: (string | number | null)[][] }) =>
  toCsv(header, rows);

/** The gap in words: "indirect, 0.57 eV, from Γ to 0.85 Γ–X". */
export function gapSentence(gap: Gap, path: Path | null): string {
  if (gap.kind === 'metal') return 'no gap: bands cross the Fermi level';
  const where =
    gap.kind === 'direct'
      ? ` at ${edgeName(gap.valence, path)}`
      : ` from ${edgeName(gap.valence, path)} to ${edgeName(gap.conduction, path)}`;
  return `${gap.kind}, ${quantity(gap.gapEv, 2, 'eV')}${gap.valence && gap.conduction ? where : ''}`;
}

/** A band edge's place: its label, where it lies on the path, or its coordinates. */
export function edgeName(edge: Gap['valence'], path: Path | null): string {
  if (!edge) return 'not computed';
  if (edge.label) return kpointLabelText(edge.label);
  return (path && nameOnPath(path, edge.fractional)) ?? `(${edge.fractional.map((x) => plain(x, 3)).join(', ')})`;
}

/** Method and citation in a sentence, for captions. */
export function methodWords({ functional, inputs }: CalculationDetail): string {
  const { resolved } = inputs;
  const scf = resolved.mesh ? `, ${mesh(resolved.mesh.value)} k-points` : '';
  const cutoff = resolved.cutoffHartree ? `, cutoff ${plain(resolved.cutoffHartree.value)}${UNIT_SPACE}Ha` : '';
  const pseudopotentials = resolved.elements.some(({ file }) => file)
    ? `pseudopotentials ${resolved.elements.map(({ entry }) => entry).join(', ')}`
    : 'Goedecker–Teter–Hutter pseudopotentials (Phys. Rev. B 54, 1703 (1996))';
  const program = resolved.engine === 'espresso' ? ' with Quantum ESPRESSO' : '';
  return `Density-functional theory${program} with ${functionalWords(functional, resolved.dispersion)}, plane waves${cutoff}, ${pseudopotentials}${scf}.`;
}

/** A caption ready to paste, with method and citation. */
export function electronicCaption(
  calculation: CalculationDetail,
  { bands, dos }: { bands?: BandsResult | undefined; dos?: DosResult | undefined },
): string {
  const what =
    bands && dos
      ? 'Electronic band structure and density of states'
      : bands
        ? 'Electronic band structure'
        : 'Density of states';
  const zero = (bands ?? dos)?.zero === 'fermi' ? 'the Fermi level' : 'the valence band maximum';
  const path = bands ? ' Path and labels after Hinuma et al., Comput. Mater. Sci. 128, 140 (2017).' : '';
  return (
    `${what} of ${formulaText(calculation.formula)}. ${methodWords(calculation)} ` +
    `Energies relative to ${zero}.${path}`
  );
}

/** The functional that is used: a dispersion may add to the chosen one, or replace it. Old snapshots say nothing of it. */
export function functionalWords(functional: string, dispersion: Dispersion = 'none'): string {
  const name = functionalNames[functional] ?? functional;
  if (dispersion === 'none') return name;
  return replacingFunctionals[dispersion] ?? `${name} and ${dispersionNames[dispersion]}`;
}

export const functionalNames: Record<string, string> = {
  pbe: 'PBE',
  pbesol: 'PBEsol',
  'lda-pw92': 'LDA (Perdew–Wang 1992)',
  'lda-pz': 'LDA (Perdew–Zunger 1981)',
};

/** A few rows for the table beside the plot: edges and special points of the path. */
export function specialPoints(bands: BandsResult, zeroEv = bands.zeroEv): { name: string; energies: string[] }[] {
  return bands.kpoints.flatMap(({ label }, k) =>
    label === null
      ? []
      : [{ name: kpointName(bands, k), energies: bands.energiesEv[0]![k]!.map((energy) => fixed(energy - zeroEv, 3)) }],
  );
}
