import { elements } from '@/kernels/crystal/elements';
import { placeOf } from '../components/periodic-places';
import styles from './families.module.css';

/** Which elements there are, where everyone looks for them. */
export function PeriodicTable({ elements: present }: { elements: string[] }) {
  const found = new Set(present);
  return (
    <div
      role="img"
      className={styles.periodic}
      aria-label={`${present.length} ${present.length === 1 ? 'element' : 'elements'}: ${present.join(', ')}`}
    >
      {elements
        .filter(({ atomicNumber }) => atomicNumber <= LAST)
        .map(({ symbol, name, atomicNumber }) => {
          const { row, column } = placeOf(atomicNumber);
          return (
            <span
              key={symbol}
              className={styles.element}
              data-present={found.has(symbol) || undefined}
              style={{ gridRow: row, gridColumn: column }}
              title={name}
            >
              {symbol}
            </span>
          );
        })}
    </div>
  );
}

/** Lawrencium ends the last row that anyone has pseudopotentials for. */
const LAST = 103;
