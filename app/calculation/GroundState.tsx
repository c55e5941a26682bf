'use client';
import { useQuery } from '@tanstack/react-query';
import type { CalculationDetail, CalculationResults } from '@/server/schemas/calculation';
import type { BandsResult, Gap, ScfResult } from '@/server/schemas/results';
import { useTRPC } from '../_trpc/client';
import { fixed, NOT_COMPUTED, plain } from '../format/number';
import { kpointLabelText } from '../format/typeset';
import { edgeName } from '../plot/electronic-export';
import { mainElement } from '../structure/view-geometry';
import { FigureTable } from './FigureTable';
import { bestGap, largestForce } from './figures';
import styles from './ground-state.module.css';

const termNames: Record<string, string> = {
  oneElectron: 'One-electron',
  hartree: 'Hartree',
  exchangeCorrelation: 'Exchange and correlation',
  ewald: 'Ewald',
  smearing: 'Smearing (−TS)',
  dispersion: 'Dispersion',
};
const methodNames = {
  hirshfeld: 'Hirshfeld’s partition',
  loewdin: 'Löwdin’s orbitals',
  'integrated-spheres': 'spheres around the atoms',
} as const;

interface Props {
  calculation: CalculationDetail;
  results: CalculationResults;
}

/** Numbers of the ground state that are more than one each. */
export function GroundState({ calculation, results }: Props) {
  const trpc = useTRPC();
  const structure = useQuery(trpc.structures.get.queryOptions({ id: calculation.structureId }));
  const { scf, properties } = results;
  if (!scf) return null;
  const sites = structure.data?.structure.sites;
  const nameOf = (i: number) => (sites ? `${mainElement(sites[i]!)} ${i + 1}` : String(i + 1));
  const gap = bestGap(results);
  return (
    <section aria-labelledby="ground-title" className={styles.ground}>
      <h2 id="ground-title">Ground state</h2>
      <div className={styles.tables}>
        <Forces scf={scf} nameOf={nameOf} />
        <Moments scf={scf} nameOf={nameOf} />
        <Stress scf={scf} />
        {gap && <Edges gap={gap} bands={properties.bands ?? null} />}
        <Masses bands={properties.bands ?? null} />
        <Terms scf={scf} />
      </div>
    </section>
  );
}

/** Smaller ones are what the grid leaves, eV/angstrom. */
const LEAST_FORCE = 1e-3;

type Named = { scf: ScfResult; nameOf: (site: number) => string };

function Forces({ scf: { forcesEvPerAngstrom: forces }, nameOf }: Named) {
  if (!forces) return null;
  const most = largestForce(forces);
  // Sites that symmetry makes alike have forces as long: the first stands for them.
  const longest = forces.findIndex((force) => Math.hypot(...force) > 0.999 * most);
  return (
    <FigureTable
      caption="Forces (eV/Å)"
      header={['Site', '|F|', 'x', 'y', 'z']}
      rows={forces.map((force, i) => {
        const size = Math.hypot(...force);
        return {
          cells: [nameOf(i), fixed(size, 4), ...force.map((f) => fixed(f, 4))],
          isMarked: i === longest && most > LEAST_FORCE,
        };
      })}
      mark="largest"
    />
  );
}

function Moments({ scf: { sites, siteMethod, totalMagnetisation }, nameOf }: Named) {
  if (!sites || totalMagnetisation === undefined) return null;
  return (
    <FigureTable
      caption="Moments of the sites"
      header={['Site', 'Moment (μB)', 'Electrons']}
      rows={sites.map(({ charge, momentBohrMagneton }, i) => ({
        cells: [nameOf(i), fixed(momentBohrMagneton, 3), fixed(charge, 3)],
      }))}
      note={siteMethod && `By ${methodNames[siteMethod]}: how space is shared is a choice, and moments depend on it.`}
    />
  );
}

function Stress({ scf: { stressGpa, pressureGpa } }: { scf: ScfResult }) {
  if (!stressGpa) return null;
  return (
    <FigureTable
      caption="Stress (GPa)"
      header={['', 'x', 'y', 'z']}
      rows={stressGpa.map((row, i) => ({ cells: ['xyz'[i]!, ...row.map((x) => fixed(x, 3))] }))}
      note={`Positive under tension; the pressure is ${fixed(pressureGpa, 3)} GPa.`}
    />
  );
}

function Edges({ gap, bands }: { gap: Gap; bands: BandsResult | null }) {
  const { valence, conduction } = gap;
  if (!valence || !conduction) return null;
  const row = (name: string, edge: NonNullable<Gap['valence']>) => ({
    cells: [name, fixed(edge.energyEv, 3), String(edge.band + 1), edgeName(edge, bands)],
  });
  return (
    <FigureTable
      caption="Band edges"
      header={['Edge', 'Energy (eV)', 'Band', 'k-point']}
      rows={[row('Valence maximum', valence), row('Conduction minimum', conduction)]}
    />
  );
}

function Masses({ bands }: { bands: BandsResult | null }) {
  const masses = bands?.effectiveMasses;
  if (!masses || masses.length === 0) return null;
  const towards = (mass: (typeof masses)[number]) =>
    mass.towards ? `to ${kpointLabelText(mass.towards)}` : `(${mass.direction.map((x) => plain(x, 2)).join(', ')})`;
  return (
    <FigureTable
      caption="Effective masses"
      header={['Edge', 'Band', 'Direction', 'Mass (mₑ)', 'Error of the fit (meV)']}
      rows={masses.map((mass) => ({
        cells: [
          `${mass.edge === 'valence' ? 'Valence' : 'Conduction'}${bands.energiesEv.length > 1 ? [', up', ', down'][mass.spin] : ''}`,
          String(mass.band + 1),
          `${mass.label ? kpointLabelText(mass.label) : edgePlace(mass.fractional)} ${towards(mass)}`,
          fixed(mass.mass, 3),
          fixed(1000 * mass.fitErrorEv, 2),
        ],
      }))}
      note="In electron masses, along the path; negative where a band bends down. Large errors mean a band that is not parabolic."
    />
  );
}

const edgePlace = (fractional: readonly number[]) => `(${fractional.map((x) => plain(x, 3)).join(', ')})`;

function Terms({ scf: { termsEv, energyEv, energyZeroWidthEv } }: { scf: ScfResult }) {
  if (!termsEv) return null;
  return (
    <FigureTable
      caption="Parts of the energy (eV per cell)"
      header={['Part', 'Energy']}
      rows={[
        ...Object.entries(termsEv).map(([name, value]) => ({ cells: [termNames[name] ?? name, fixed(value, 5)] })),
        { cells: ['Total (free energy)', energyEv === null ? NOT_COMPUTED : fixed(energyEv, 5)] },
        { cells: ['Extrapolated to zero width', fixed(energyZeroWidthEv, 5)] },
      ]}
    />
  );
}
