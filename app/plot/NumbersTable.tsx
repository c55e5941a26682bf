import styles from './plot.module.css';

interface Props {
  label: string;
  header: string[];
  /** Typeset already. */
  rows: string[][];
}

/** The numbers of a plot; scrolls within itself, by keys too. */
export function NumbersTable({ label, header, rows }: Props) {
  return (
    <section
      className={styles.numbersTable}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach.
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            {header.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: special points come again along a path.
            <tr key={index}>
              <th scope="row">{name}</th>
              {values.map((value, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name.
                <td key={column}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
