import type { DiffLine } from '@/server/schemas/notebook/diff-lines';
import type { CellDiff, NotebookDiff } from '@/server/schemas/notebook/diff-notebooks';
import styles from './versions.module.css';

/** What became of a notebook, cell by cell. */
export function DiffView({ diff }: { diff: NotebookDiff }) {
  return (
    <>
      <p className="soft" role="status">
        {summaryOf(diff)}
      </p>
      <ol className={styles.cells}>
        {diff.cells.map((cell) => (
          <li key={cell.id} className={styles.cell} data-change={cell.change}>
            <h3>{titleOf(cell)}</h3>
            {cell.lines.length > 0 && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
              <section className={styles.lines} tabIndex={0} aria-label={titleOf(cell)}>
                {cell.lines.map((line, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names, and stay where they are.
                  <Line key={i} line={line} />
                ))}
                {cell.linesLeftOut > 0 && (
                  <span className={styles.gap}>
                    {cell.linesLeftOut} lines more{'\n'}
                  </span>
                )}
              </section>
            )}
          </li>
        ))}
      </ol>
      {diff.cellsLeftOut > 0 && <p className="faint">{diff.cellsLeftOut} cells more have changed.</p>}
    </>
  );
}

const signs = { same: ' ', added: '+', removed: '−' } as const;
const spoken = { same: '', added: 'added: ', removed: 'removed: ' } as const;

function Line({ line }: { line: DiffLine }) {
  if (line.kind === 'gap') return <span className={styles.gap}>{`${line.count} lines that are the same\n`}</span>;
  return (
    <span className={styles.line} data-kind={line.kind}>
      <span className="visually-hidden">{spoken[line.kind]}</span>
      <span aria-hidden className={styles.sign}>
        {signs[line.kind]}
      </span>
      {line.parts.map(({ text, isMarked }, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line stay where they are.
        isMarked ? <mark key={i}>{text}</mark> : <span key={i}>{text}</span>,
      )}
      {'\n'}
    </span>
  );
}

const kinds = { code: 'code', markdown: 'text', raw: 'raw' } as const;

function titleOf({
  change,
  isMoved,
  placeBefore,
  placeAfter,
  typeBefore,
  typeAfter,
  isMetadataChanged,
  lines,
}: CellDiff): string {
  if (change === 'added') return `Cell ${placeAfter} added (${kinds[typeAfter!]})`;
  if (change === 'removed') return `Cell ${placeBefore} removed (${kinds[typeBefore!]})`;
  const what = [
    ...(lines.length > 0 ? ['changed'] : []),
    ...(isMoved ? [`moved from place ${placeBefore}`] : []),
    ...(typeBefore === typeAfter ? [] : [`was ${kinds[typeBefore!]}, is ${kinds[typeAfter!]}`]),
    ...(isMetadataChanged ? ['other metadata'] : []),
  ];
  return `Cell ${placeAfter} ${what.join(', ') || 'changed'}`;
}

export function summaryOf({ cells, cellsLeftOut, unchanged, outputsChanged, isMetadataChanged }: NotebookDiff): string {
  const count = (change: CellDiff['change']) => cells.filter((cell) => cell.change === change).length;
  const parts = (['added', 'removed', 'changed', 'moved'] as const)
    .map((change) => [count(change), change] as const)
    .filter(([n]) => n > 0)
    .map(([n, change]) => `${n} ${change}`);
  const texts =
    cells.length + cellsLeftOut === 0 ? 'No cell differs' : `Cells: ${parts.join(', ')}; ${unchanged} the same`;
  const outputs = outputsChanged > 0 ? `; other output below ${outputsChanged}` : '';
  return `${texts}${outputs}${isMetadataChanged ? '; the metadata of the notebook differ' : ''}.`;
}
