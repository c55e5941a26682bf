import { voigtNames } from '@/kernels/mechanics/voigt';
import { fixed } from '../../format/number';
import styles from './elastic.module.css';

/** C in Voigt's notation; what symmetry makes zero reads as a dot. */
export function StiffnessTable({ stiffnessGpa }: { stiffnessGpa: number[][] }) {
  const largest = Math.max(...stiffnessGpa.flat().map(Math.abs));
  const shownOf = (value: number) => (Math.abs(value) < 1e-6 * largest ? '·' : fixed(value, 1));
  return (
    <section
      className={styles.scroll}
      aria-label="Stiffness"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach.
      tabIndex={0}
    >
      <table className={styles.stiffness}>
        <caption>
          Stiffness <i>C</i>
          <sub>ij</sub> (GPa)
        </caption>
        <thead>
          <tr>
            <td />
            {voigtNames.map((name, j) => (
              <th key={name} scope="col">
                {j + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {voigtNames.map((rowName, i) => (
            <tr key={rowName}>
              <th scope="row">{i + 1}</th>
              {voigtNames.map((name, j) => (
                <td key={name}>{shownOf(stiffnessGpa[i]![j]!)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
