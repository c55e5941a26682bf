'use client';
import { useCallback, useMemo, useState } from 'react';
import type { StructureDetail } from '@/server/schemas/structure';
import { fileStem } from '../components/download';
import { Notice } from '../components/Notice';
import { formulaText } from '../format/typeset';
import { NumbersTable } from '../plot/NumbersTable';
import { PlotFigure } from '../plot/PlotFigure';
import type { ColorScheme } from '../theme/tokens';
import { computePattern } from './compute-pattern';
import styles from './diffraction.module.css';
import { MeasuredScan, type Scan } from './MeasuredScan';
import { PatternMatches } from './PatternMatches';
import { linesCsv, linesHeader, linesJson, linesRows, patternCaption, patternText } from './pattern-export';
import { patternFigure } from './pattern-figure';
import { usePatternChoice } from './use-pattern-choice';

interface Props {
  structure: StructureDetail;
  /** The database whose entries are compared with a measured pattern. */
  slug?: string;
}

/** The powder pattern of a crystal as it is computed here and now, a measured one drawn over it, and the entries that fit that best. */
export function DiffractionPanel({ structure, slug }: Props) {
  const { choice, controls } = usePatternChoice();
  const [scan, setScan] = useState<Scan | null>(null);
  const { anode, shape, widthDegrees, endDegrees, displacementAngstrom2 } = choice;
  const crystal = structure.structure;
  const { lines, fault } = useMemo(
    () => computePattern(crystal, { anode, shape: 'gaussian', widthDegrees: 1, endDegrees, displacementAngstrom2 }),
    [crystal, anode, endDegrees, displacementAngstrom2],
  );
  const name = formulaText(structure.formula);
  const measured = scan?.pattern;
  const figureIn = useCallback(
    (scheme: ColorScheme) =>
      patternFigure(
        {
          patterns: [{ name, lines }],
          measured,
          choice: { anode, shape, widthDegrees, endDegrees, displacementAngstrom2 },
        },
        scheme,
      ),
    [name, lines, measured, anode, shape, widthDegrees, endDegrees, displacementAngstrom2],
  );
  const stem = `${fileStem(structure.name)}-diffraction`;
  if (fault)
    return (
      <section className={styles.panel} aria-label="Diffraction">
        <h2>Diffraction</h2>
        <div className={styles.controls}>{controls}</div>
        <Notice tone="calm">{fault}</Notice>
      </section>
    );
  return (
    <section className={styles.panel} aria-label="Diffraction">
      <PlotFigure
        title="Diffraction"
        figureIn={figureIn}
        text={patternText(name, lines)}
        caption={patternCaption(name, choice)}
        fileStem={stem}
        files={[
          { label: 'Lines as CSV', fileName: `${stem}.csv`, mediaType: 'text/csv', text: () => linesCsv(lines) },
          {
            label: 'Lines as JSON',
            fileName: `${stem}.json`,
            mediaType: 'application/json',
            text: () => linesJson(lines, choice),
          },
        ]}
        placeholder={<p className="faint">The pattern is on its way.</p>}
        controls={<div className={styles.controls}>{controls}</div>}
        table={<NumbersTable label="Lines of the pattern" header={linesHeader} rows={linesRows(lines)} />}
      />
      <p className="faint">Indices hkl belong to the cell that is shown above.</p>
      <MeasuredScan scan={scan} onScan={setScan} />
      {scan && slug && <PatternMatches slug={slug} scan={scan} anode={anode} elements={structure.elements} />}
    </section>
  );
}
