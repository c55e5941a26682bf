'use client';
import Link from 'next/link';
import { useCallback, useState } from 'react';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { fileStem } from '../components/download';
import { toCsv } from '../format/csv';
import { counted, fixed } from '../format/number';
import { NumbersTable } from '../plot/NumbersTable';
import { PlotFigure } from '../plot/PlotFigure';
import type { ColorScheme } from '../theme/tokens';
import styles from './diffraction.module.css';
import { MeasuredScan, type Scan } from './MeasuredScan';
import { PatternMatches } from './PatternMatches';
import { scanFigure } from './scan-figure';
import { angleText } from './words';

/** Which materials of a dataset a measured powder pattern may be of. */
export function MatchPage({ dataset }: { dataset: DatasetSummary }) {
  const [scan, setScan] = useState<Scan | null>(null);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className="soft">
            <Link href="/explore">Explore</Link> / <Link href={`/explore/${dataset.slug}`}>{dataset.title}</Link>
          </p>
          <h1>Match a measured pattern</h1>
          <p className="faint">
            Against the powder patterns of {counted(dataset.entryCount, 'entry', 'entries')} of {dataset.title}
          </p>
        </div>
      </header>
      <div className={styles.panel}>
        <MeasuredScan scan={scan} onScan={setScan} />
        {scan && (
          <>
            <PatternMatches slug={dataset.slug} scan={scan} elements={[]} />
            <ScanFigure scan={scan} />
          </>
        )}
      </div>
    </div>
  );
}

function ScanFigure({ scan }: { scan: Scan }) {
  const figureIn = useCallback((scheme: ColorScheme) => scanFigure(scan, scheme), [scan]);
  const stem = fileStem(scan.fileName);
  const rows = scan.lines.map(({ twoThetaDegrees, intensity }) => [twoThetaDegrees, intensity]);
  return (
    <PlotFigure
      title="The scan, and the lines found in it"
      figureIn={figureIn}
      text={`Measured pattern ${scan.fileName} with ${counted(scan.lines.length, 'line')} found. The table below holds them.`}
      caption={`Measured powder pattern (${scan.fileName}); marked are the lines found above a background clipped over 2° and five times the noise.`}
      fileStem={`${stem}-lines`}
      files={[
        {
          label: 'Lines found as CSV',
          fileName: `${stem}-lines.csv`,
          mediaType: 'text/csv',
          text: () => toCsv(['2theta (degrees)', 'intensity'], rows),
        },
        {
          label: 'Lines found as JSON',
          fileName: `${stem}-lines.json`,
          mediaType: 'application/json',
          text: () => `${JSON.stringify(scan.lines, null, 1)}\n`,
        },
      ]}
      placeholder={<p className="faint">The scan is on its way.</p>}
      table={
        <NumbersTable
          label="Lines found in the scan"
          header={['2θ', 'Intensity']}
          rows={scan.lines.map(({ twoThetaDegrees, intensity }) => [angleText(twoThetaDegrees), fixed(intensity, 1)])}
        />
      }
    />
  );
}
