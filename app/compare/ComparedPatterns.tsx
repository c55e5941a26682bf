'use client';
import { useCallback, useMemo } from 'react';
import type { EntryDetail } from '@/server/schemas/datasets';
import { Notice } from '../components/Notice';
import { computePattern } from '../diffraction/compute-pattern';
import diffraction from '../diffraction/diffraction.module.css';
import { patternFigure } from '../diffraction/pattern-figure';
import { usePatternChoice } from '../diffraction/use-pattern-choice';
import { anodeText, familiesText, multiplicityOf } from '../diffraction/words';
import { toCsv } from '../format/csv';
import { fixed } from '../format/number';
import { formulaText } from '../format/typeset';
import { NumbersTable } from '../plot/NumbersTable';
import { PlotFigure } from '../plot/PlotFigure';
import type { ColorScheme } from '../theme/tokens';

const ROWS_A_PATTERN = 12;

/** The powder patterns of all compared materials over each other. */
export function ComparedPatterns({ entries }: { entries: EntryDetail[] }) {
  const { choice, controls } = usePatternChoice();
  const { anode, shape, widthDegrees, endDegrees, displacementAngstrom2 } = choice;
  const computed = useMemo(
    () =>
      entries.map(({ key, structure }) => ({
        name: `${formulaText(structure.formula)}, ${key}`,
        ...computePattern(structure.structure, {
          anode,
          shape: 'gaussian',
          widthDegrees: 1,
          endDegrees,
          displacementAngstrom2,
        }),
      })),
    [entries, anode, endDegrees, displacementAngstrom2],
  );
  const patterns = useMemo(() => computed.filter(({ fault }) => fault === null), [computed]);
  const figureIn = useCallback(
    (scheme: ColorScheme) =>
      patternFigure({ patterns, choice: { anode, shape, widthDegrees, endDegrees, displacementAngstrom2 } }, scheme),
    [patterns, anode, shape, widthDegrees, endDegrees, displacementAngstrom2],
  );
  const rows = patterns.flatMap(({ name, lines }) => lines.map((line) => ({ name, ...line })));
  const strongest = patterns.flatMap(({ name, lines }) =>
    lines
      .toSorted((a, b) => b.intensity - a.intensity)
      .slice(0, ROWS_A_PATTERN)
      .map((line) => [name, fixed(line.twoThetaDegrees, 3), fixed(line.intensity, 1), familiesText(line.families)]),
  );
  return (
    <div className={diffraction.panel}>
      {computed
        .filter(({ fault }) => fault !== null)
        .map(({ name, fault }) => (
          <Notice key={name} tone="calm">
            {name}: {fault}
          </Notice>
        ))}
      {patterns.length > 0 && (
        <PlotFigure
          title="Diffraction"
          figureIn={figureIn}
          text={`Powder patterns of ${patterns.map(({ name }) => name).join('; ')} over each other. The table below holds the strongest lines of each.`}
          caption={`Powder X-ray diffraction, computed for ${anodeText(anode)}; each pattern’s strongest line has 100.`}
          fileStem="compared-diffraction"
          files={[
            {
              label: 'Lines as CSV',
              fileName: 'compared-diffraction.csv',
              mediaType: 'text/csv',
              text: () =>
                toCsv(
                  ['material', '2theta (degrees)', 'd (angstrom)', 'intensity', 'multiplicity'],
                  rows.map((line) => [
                    ...[line.name, line.twoThetaDegrees, line.spacingAngstrom, line.intensity, multiplicityOf(line)],
                  ]),
                ),
            },
            {
              label: 'Lines as JSON',
              fileName: 'compared-diffraction.json',
              mediaType: 'application/json',
              text: () =>
                `${JSON.stringify(
                  patterns.map(({ name, lines }) => ({ name, lines })),
                  null,
                  1,
                )}\n`,
            },
          ]}
          placeholder={<p className="faint">The patterns are on their way.</p>}
          controls={<div className={diffraction.controls}>{controls}</div>}
          table={
            <NumbersTable
              label="Strongest lines"
              header={['Material', '2θ (°)', 'Intensity', 'hkl']}
              rows={strongest}
            />
          }
        />
      )}
    </div>
  );
}
