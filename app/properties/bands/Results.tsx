'use client';
import { useCallback } from 'react';
import { fileStem } from '../../components/download';
import { fixed } from '../../format/number';
import {
  bandOrbitalsTable,
  bandsTable,
  electronicCaption,
  gapSentence,
  specialPoints,
  tableCsv,
} from '../../plot/electronic-export';
import { electronicFigure } from '../../plot/electronic-figure';
import { NumbersTable } from '../../plot/NumbersTable';
import { useOrbitalChoice } from '../../plot/OrbitalControls';
import { PlotFigure } from '../../plot/PlotFigure';
import { BandsDrawing } from '../../plot/Sketch';
import type { ColorScheme } from '../../theme/tokens';
import { dosFiles } from '../dos/files';
import type { ResultsProps } from '../panels';

/** The bands; where there is a density of states too, it stands beside them on the same energy axis. */
export function BandsResults({ calculation, results }: ResultsProps) {
  const { bands, dos } = results.properties;
  const { choice, controls } = useOrbitalChoice({
    orbitals: Boolean(bands?.projections ?? dos?.projections),
    dos: dos?.projections !== undefined,
    spin: (bands?.energiesEv.length ?? 1) > 1,
  });
  const { grouping, style, spin } = choice;
  const figureIn = useCallback(
    (scheme: ColorScheme) => electronicFigure({ bands, dos, choice: { grouping, style, spin } }, scheme),
    [bands, dos, grouping, style, spin],
  );
  if (!bands) return null;
  const stem = fileStem(calculation.label);
  const points = specialPoints(bands);
  return (
    <PlotFigure
      title={dos ? 'Bands and density of states' : 'Electronic bands'}
      figureIn={figureIn}
      text={`Band structure of ${calculation.formula}: ${gapSentence(bands.gap, bands)}. The table below holds the energies at the special points.`}
      caption={electronicCaption(calculation, { bands, dos })}
      fileStem={`${stem}-bands`}
      files={[
        {
          label: 'Bands as CSV',
          fileName: `${stem}-bands.csv`,
          mediaType: 'text/csv',
          text: () => tableCsv(bandsTable(bands)),
        },
        ...(bands.projections
          ? [
              {
                label: 'Orbitals’ shares of the bands as CSV',
                fileName: `${stem}-projected-bands.csv`,
                mediaType: 'text/csv',
                text: () => tableCsv(bandOrbitalsTable(bands)),
              },
            ]
          : []),
        {
          label: 'Bands as JSON',
          fileName: `${stem}-bands.json`,
          mediaType: 'application/json',
          text: () => JSON.stringify(bands),
        },
        ...(dos ? dosFiles(dos, stem) : []),
      ]}
      controls={controls}
      placeholder={<BandsDrawing bands={bands} />}
      table={
        <NumbersTable
          label={`Energies in eV at the special points, from ${fixed(bands.zeroEv, 3)} eV`}
          header={['k-point', ...(points[0]?.energies.map((_, band) => `band ${band + 1}`) ?? [])]}
          rows={points.map(({ name, energies }) => [name, ...energies])}
        />
      }
    />
  );
}
