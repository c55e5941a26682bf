import { WithUnits } from '../components/Typeset';
import styles from './ground-state.module.css';

interface Props {
  caption: string;
  header: string[];
  rows: { cells: string[]; isMarked?: boolean }[];
  /** What a mark means. */
  mark?: string;
  note?: string | undefined;
}

/** A small table of numbers; a long one scrolls within itself. */
export function FigureTable({ caption, header, rows, mark, note }: Props) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach. */}
      <section className={styles.scroll} aria-label={caption} tabIndex={0}>
        <table className={styles.table}>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {header.map((name, column) => (
                <th key={name || column} scope="col">
                  {name ? <WithUnits text={name} /> : <span className="visually-hidden">Axis</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ cells: [name, ...values], isMarked }, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are as they come.
              <tr key={row} data-marked={isMarked || undefined}>
                <th scope="row">{name}</th>
                {values.map((value, column) => (
                  <td key={header[column + 1]}>
                    {value}
                    {isMarked && column === 0 && <span className={styles.mark}> {mark}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {note && <p className="faint">{note}</p>}
    </div>
  );
}
