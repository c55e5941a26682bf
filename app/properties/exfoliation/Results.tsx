import { useCallback } from 'react';
import type { ExfoliationResult } from '@/server/schemas/results';
import { fileStem } from '../../components/download';
import { Notice } from '../../components/Notice';
import { toCsv } from '../../format/csv';
import { fixed, quantity } from '../../format/number';
import { methodWords } from '../../plot/electronic-export';
import { exfoliationFigure } from '../../plot/exfoliation-figure';
import { NumbersTable } from '../../plot/NumbersTable';
import { PlotFigure } from '../../plot/PlotFigure';
import type { ColorScheme } from '../../theme/tokens';
import { dispersionNames } from '../../wizard/physics/dispersion-names';
import { FigureList } from '../FigureList';
import type { ResultsProps } from '../panels';
import styles from './exfoliation.module.css';
import { ExfoliationSketch } from './Sketch';

/** The energy by area, where it stands between the limits of exfoliation, and each layer by itself. */
export function ExfoliationResults({ calculation, results }: ResultsProps) {
  const { exfoliation } = results.properties;
  return exfoliation && <Exfoliation calculation={calculation} exfoliation={exfoliation} />;
}

const verdictWords = {
  easily: 'exfoliates easily',
  potentially: 'can perhaps be exfoliated',
  hardly: 'can hardly be exfoliated',
};

function Exfoliation({
  calculation,
  exfoliation,
}: Pick<ResultsProps, 'calculation'> & { exfoliation: ExfoliationResult }) {
  const figureIn = useCallback((scheme: ColorScheme) => exfoliationFigure(exfoliation, scheme), [exfoliation]);
  const { layers, energyMevPerAngstrom2: energy, energyMevPerAtom, areaAngstrom2, verdict, limits } = exfoliation;
  const stem = fileStem(calculation.label);
  const method = dispersionNames[exfoliation.dispersion];
  const sentence = `${quantity(energy, 1, 'meV/Å²')}${verdict ? `: it ${verdictWords[verdict]}` : ''} (${exfoliation.dispersion === 'none' ? 'no dispersion' : method})`;
  const header = ['Layer', 'Atoms', 'In the cell', 'Area (Å²)', 'Energy (eV)'];
  const rows = [
    ...layers.map(({ formula, atoms, copies, areaAngstrom2: area, energyEv }) => [
      formula,
      atoms,
      copies,
      area,
      energyEv,
    ]),
    ['Crystal', exfoliation.atoms, 1, null, exfoliation.crystalEnergyEv],
  ] as [string, number, number, number | null, number | null][];
  const files = [
    {
      label: 'Layers as CSV',
      fileName: `${stem}-exfoliation.csv`,
      mediaType: 'text/csv',
      text: () => toCsv(header, rows),
    },
    {
      label: 'Exfoliation as JSON',
      fileName: `${stem}-exfoliation.json`,
      mediaType: 'application/json',
      text: () => JSON.stringify(exfoliation),
    },
  ];
  return (
    <section className={styles.exfoliation} aria-label="Exfoliation energy">
      {!exfoliation.converged && (
        <Notice tone="warn">Not all of it converged: the energy is less sure than it looks.</Notice>
      )}
      {exfoliation.dispersion === 'none' && (
        <Notice tone="warn">
          Without dispersion the functional hardly binds layers: this energy says little about the crystal.
        </Notice>
      )}
      {energy !== null && energy < 0 && (
        <Notice tone="warn">
          The layers alone lie lower than the crystal: with this functional and at this distance nothing holds them.
        </Notice>
      )}
      <PlotFigure
        title="Exfoliation energy"
        figureIn={figureIn}
        text={`Exfoliation energy of ${calculation.formula}: ${sentence}. The table below holds every layer.`}
        caption={`Exfoliation energy of ${calculation.formula}: ${sentence}.${limits ? ` Limits of ${limits.easyBelow} and ${limits.possibleBelow} meV/Å² by Mounet et al. (2018).` : ''} ${methodWords(calculation)}`}
        fileStem={`${stem}-exfoliation`}
        files={files}
        placeholder={<ExfoliationSketch />}
        table={
          <NumbersTable
            label="Layers of the crystal"
            header={header}
            rows={rows.map(([name, atoms, copies, area, energyEv]) => [
              name,
              String(atoms),
              String(copies),
              area === null ? '' : fixed(area, 3),
              fixed(energyEv, 5),
            ])}
          />
        }
      />
      <FigureList
        figures={[
          ['By area', quantity(energy, 2, 'meV/Å²')],
          ['By atom', quantity(energyMevPerAtom, 2, 'meV/atom')],
          ['Area of all layers', quantity(areaAngstrom2, 3, 'Å²')],
          ...(verdict ? [['Verdict', verdictWords[verdict]] as const] : []),
        ]}
      />
    </section>
  );
}
