import { useCallback } from 'react';
import { EV_PER_ANGSTROM3_GPA } from '@/kernels/core/constants';
import { pressureOf } from '@/kernels/mechanics/equation-of-state';
import type { EosResult } from '@/server/schemas/results';
import { fileStem } from '../../components/download';
import { Notice } from '../../components/Notice';
import { toCsv } from '../../format/csv';
import { fixed, quantity } from '../../format/number';
import { methodWords } from '../../plot/electronic-export';
import { curveOf, eosFigure } from '../../plot/eos-figure';
import { NumbersTable } from '../../plot/NumbersTable';
import { PlotFigure } from '../../plot/PlotFigure';
import type { ColorScheme } from '../../theme/tokens';
import { FigureList } from '../FigureList';
import type { ResultsProps } from '../panels';
import styles from '../results.module.css';
import { EosSketch } from './Sketch';

/** The curve of energy and pressure against the volume, and what follows from it. */
export function EosResults({ calculation, results }: ResultsProps) {
  const { eos } = results.properties;
  return eos && <EquationOfState calculation={calculation} eos={eos} />;
}

function EquationOfState({ calculation, eos }: Pick<ResultsProps, 'calculation'> & { eos: EosResult }) {
  const figureIn = useCallback((scheme: ColorScheme) => eosFigure(eos, scheme), [eos]);
  const { atoms, points, fit, note } = eos;
  const stem = fileStem(calculation.label);
  const sentence = fit
    ? `volume at rest ${quantity(fit.volumeAngstrom3 / atoms, 3, 'Å³ per atom')}, bulk modulus ${quantity(fit.bulkModulusGpa, 1, 'GPa')}, its derivative by pressure ${fixed(fit.bulkModulusDerivative, 2)}`
    : 'no curve goes through these energies';
  const header = ['Volume (Å³/atom)', 'Energy (eV/atom)', 'P from stress (GPa)', 'P of the curve (GPa)'];
  const rows = points.map(({ volumeAngstrom3, energyEv, pressureGpa }) => [
    volumeAngstrom3 / atoms,
    energyEv === null ? null : energyEv / atoms,
    pressureGpa,
    fit && EV_PER_ANGSTROM3_GPA * pressureOf(curveOf(fit), volumeAngstrom3),
  ]);
  const files = [
    {
      label: 'Volumes as CSV',
      fileName: `${stem}-equation-of-state.csv`,
      mediaType: 'text/csv',
      text: () => toCsv(header, rows),
    },
    {
      label: 'Equation of state as JSON',
      fileName: `${stem}-equation-of-state.json`,
      mediaType: 'application/json',
      text: () => JSON.stringify(eos),
    },
  ];
  const figures: [string, string][] | null = fit && [
    ['Volume at rest', quantity(fit.volumeAngstrom3 / atoms, 3, 'Å³/atom')],
    ['Bulk modulus', quantity(fit.bulkModulusGpa, 1, 'GPa')],
    ['Its derivative by pressure', fixed(fit.bulkModulusDerivative, 2)],
    ['Energies off the curve', quantity((1000 * fit.residualEv) / atoms, 3, 'meV/atom')],
  ];
  return (
    <section className={styles.stack} aria-label="Equation of state">
      {note && <Notice tone="warn">{note}</Notice>}
      {points.some(({ converged }) => !converged) && (
        <Notice tone="warn">Not every volume converged: the curve is less sure than it looks.</Notice>
      )}
      <PlotFigure
        title="Equation of state"
        figureIn={figureIn}
        text={`Equation of state of ${calculation.formula}: ${sentence}. The table below holds every volume.`}
        caption={`Equation of state of ${calculation.formula} (Birch and Murnaghan, third order): ${sentence}. Points of the pressure are from the stress, its line from the energies. ${methodWords(calculation)}`}
        fileStem={`${stem}-equation-of-state`}
        files={files}
        placeholder={<EosSketch />}
        table={
          <NumbersTable
            label="Volumes of the equation of state"
            header={header}
            rows={rows.map(([volume, energy, stress, curve]) => [
              fixed(volume, 4),
              fixed(energy, 6),
              fixed(stress, 3),
              fixed(curve, 3),
            ])}
          />
        }
      />
      {figures && <FigureList figures={figures} />}
    </section>
  );
}
