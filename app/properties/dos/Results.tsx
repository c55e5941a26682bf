'use client';
import { useCallback } from 'react';
import { fileStem } from '../../components/download';
import { fixed } from '../../format/number';
import { dosTable, electronicCaption, gapSentence } from '../../plot/electronic-export';
import { electronicFigure } from '../../plot/electronic-figure';
import { NumbersTable } from '../../plot/NumbersTable';
import { useOrbitalChoice } from '../../plot/OrbitalControls';
import { PlotFigure } from '../../plot/PlotFigure';
import { DosDrawing } from '../../plot/Sketch';
import type { ColorScheme } from '../../theme/tokens';
import type { ResultsProps } from '../panels';
import { dosFiles } from './files';

const ROWS_MAX = 200;

/** The density of states by itself; beside bands the bands' panel draws it. */
export function DosResults({ calculation, results }: ResultsProps) {
  const { bands, dos } = results.properties;
  const { choice, controls } = useOrbitalChoice({
    orbitals: dos?.projections !== undefined,
    dos: true,
    spin: false,
  });
  const { grouping, style, spin } = choice;
  const figureIn = useCallback(
    (scheme: ColorScheme) => electronicFigure({ dos, choice: { grouping, style, spin } }, scheme),
    [dos, grouping, style, spin],
  );
  if (!dos || bands) return null;
  const stem = fileStem(calculation.label);
  const { header, rows } = dosTable(dos);
  const step = Math.ceil(rows.length / ROWS_MAX);
  return (
    <PlotFigure
      title="Density of states"
      figureIn={figureIn}
      text={`Density of states of ${calculation.formula}: ${gapSentence(dos.gap, null)}.`}
      caption={electronicCaption(calculation, { dos })}
      fileStem={`${stem}-dos`}
      files={dosFiles(dos, stem)}
      controls={controls}
      placeholder={<DosDrawing dos={dos} />}
      table={
        <>
          {step > 1 && (
            <p className="faint">
              Every {step}th of {rows.length} energies; the CSV file has all.
            </p>
          )}
          <NumbersTable
            label="Density of states"
            header={header}
            rows={rows.filter((_, i) => i % step === 0).map((row) => row.map((value) => fixed(value, 3)))}
          />
        </>
      }
    />
  );
}
