import type { CalculationResults } from '@/server/schemas/calculation';
import { CopyValue } from '../components/CopyValue';
import { WithUnits } from '../components/Typeset';
import styles from './calculation.module.css';
import { figuresOf } from './figures';

interface Props {
  results: CalculationResults;
  /** More may come. */
  isRunning: boolean;
}

/** The numbers that matter first; a click copies one in full. */
export function FigureStrip({ results, isRunning }: Props) {
  return (
    <dl className={styles.strip}>
      {figuresOf(results).map(({ name, shown, full, detail }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={styles.figure} data-absent={full === null && detail === null ? true : undefined}>
            {full === null ? (
              isRunning && detail === null ? (
                'not yet'
              ) : (
                <WithUnits text={shown} />
              )
            ) : (
              <CopyValue value={full} name={name}>
                <WithUnits text={shown} />
              </CopyValue>
            )}
          </dd>
          {detail && <dd className={styles.detail}>{detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
