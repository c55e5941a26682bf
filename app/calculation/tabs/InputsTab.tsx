'use client';
import { Notice } from '../../components/Notice';
import { Rows } from '../../wizard/review/Rows';
import { reviewRows } from '../../wizard/review/review-rows';
import { stepTexts } from '../../wizard/steps';
import styles from '../calculation.module.css';
import type { TabProps } from './tab-props';

/** The inputs as resolved when it was submitted. */
export function InputsTab({ calculation }: TabProps) {
  const { draft, resolved } = calculation.inputs;
  return (
    <div className={styles.stack}>
      {reviewRows(draft, resolved).map(([step, rows]) => (
        <section key={step} aria-labelledby={`inputs-${step}`}>
          <h2 id={`inputs-${step}`}>{stepTexts[step].short}</h2>
          <Rows rows={rows} />
        </section>
      ))}
      {resolved.notes.map((note) => (
        <Notice key={note} tone="calm">
          {note}
        </Notice>
      ))}
      {resolved.warnings.map(({ code, message }) => (
        <Notice key={code + message} tone="warn">
          {message}
        </Notice>
      ))}
    </div>
  );
}
