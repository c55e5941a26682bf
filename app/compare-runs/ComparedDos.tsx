'use client';
import { useCallback } from 'react';
import { toCsv } from '../format/csv';
import { fixed } from '../format/number';
import { NumbersTable } from '../plot/NumbersTable';
import { PlotFigure } from '../plot/PlotFigure';
import type { ColorScheme } from '../theme/tokens';
import { comparedDosFigure, type NamedDos, statesPerAtom } from './compared-dos-figure';

const STEM = 'compared-density-of-states';

/** The densities of states of all compared calculations over each other. */
export function ComparedDos({ drawn }: { drawn: NamedDos[] }) {
  const figureIn = useCallback((scheme: ColorScheme) => comparedDosFigure(drawn, scheme), [drawn]);
  const names = drawn.map(({ name }) => name).join('; ');
  return (
    <PlotFigure
      title="Density of states"
      figureIn={figureIn}
      text={`Total densities of states of ${names} over each other, each above its own zero of energy.`}
      caption={`Total density of states of ${names}, per atom and of both spins; energies relative to the Fermi level or the valence band maximum of each.`}
      fileStem={STEM}
      files={[
        {
          label: 'Numbers as CSV',
          fileName: `${STEM}.csv`,
          mediaType: 'text/csv',
          text: () =>
            toCsv(
              ['calculation', 'energy_eV', 'states_per_eV_and_atom'],
              drawn.flatMap((one) =>
                statesPerAtom(one).map((states, i) => [one.name, String(one.dos.energiesEv[i]), String(states)]),
              ),
            ),
        },
      ]}
      placeholder={<p className="faint">The plot is on its way.</p>}
      table={
        <NumbersTable
          label="Highest values"
          header={['Calculation', 'Energy (eV)', 'States per eV and atom']}
          rows={drawn.map((one) => {
            const states = statesPerAtom(one);
            const top = states.reduce((best, value, i) => (value > states[best]! ? i : best), 0);
            return [one.name, fixed(one.dos.energiesEv[top] ?? null, 2), fixed(states[top] ?? null, 3)];
          })}
        />
      }
    />
  );
}
