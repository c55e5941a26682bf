import type { Resolved } from '@/server/schemas/resolved';
import { plain } from '../../format/number';
import styles from './properties-step.module.css';

/** Which pseudopotential stands for each element, and the cutoffs it wants. */
export function ElementEntries({ resolved }: { resolved: Resolved }) {
  if (resolved.elements.length === 0) return null;
  return (
    <table className={styles.entries}>
      <caption>Pseudopotentials{resolved.elements.some(({ file }) => file) ? '' : ' (Goedecker–Teter–Hutter)'}</caption>
      <thead>
        <tr>
          <th scope="col">Element</th>
          <th scope="col">Entry</th>
          <th scope="col">Valence electrons</th>
          <th scope="col">Cutoff fast, balanced, stringent (Ha)</th>
        </tr>
      </thead>
      <tbody>
        {resolved.elements.map(({ element, entry, valenceElectrons, cutoffHartree }) => (
          <tr key={element}>
            <th scope="row">{element}</th>
            <td className="mono">{entry}</td>
            <td>{valenceElectrons}</td>
            <td>
              {[cutoffHartree.fast, cutoffHartree.balanced, cutoffHartree.stringent].map((x) => plain(x)).join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
