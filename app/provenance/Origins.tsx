import Link from 'next/link';
import type { CalculationResults } from '@/server/schemas/calculation';
import { dataKindWords } from '@/server/schemas/provenance';
import styles from './provenance.module.css';

/** From the numbers and plots of a calculation to their nodes in the graph. */
export function Origins({ id, results }: { id: string; results: CalculationResults }) {
  const { relax, ...others } = results.properties;
  const names = [
    ...(results.scf && !relax?.scf ? ['scf'] : []),
    ...(relax ? ['relax'] : []),
    ...Object.entries(others).flatMap(([name, value]) => (value ? [name] : [])),
  ];
  if (names.length === 0) return null;
  return (
    <p className={styles.origins}>
      Where it comes from:{' '}
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Link href={`/calculations/${id}/origin/${name}`} prefetch={false}>
            {(dataKindWords[`${name}-result`] ?? name).toLowerCase()}
          </Link>
        </span>
      ))}
    </p>
  );
}
