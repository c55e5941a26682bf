import { WithUnits } from '../../components/Typeset';
import type { Row } from './review-rows';
import styles from './review-step.module.css';

/** Names and values in two columns; what a person set by hand is marked. */
export function Rows({ rows }: { rows: Row[] }) {
  return (
    <dl className={styles.rows}>
      {rows.map(([name, value, mark]) => (
        <div key={name}>
          <dt>
            <WithUnits text={name} />
          </dt>
          <dd className="figures">
            {typeof value === 'string' ? <WithUnits text={value} /> : value}
            {mark && <span className={styles.mark}>{mark}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
