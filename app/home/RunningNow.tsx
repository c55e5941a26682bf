'use client';
import Link from 'next/link';
import type { CalculationSummary } from '@/server/schemas/calculation';
import { useProgress } from '../calculation/use-calculation';
import { StateBadge } from '../components/StateBadge';
import { Formula } from '../components/Typeset';
import { useNow } from '../components/use-now';
import { scientific, UNIT_SPACE } from '../format/number';
import { duration } from '../format/time';
import { Sparkline } from '../plot/Sparkline';
import styles from './home.module.css';

/** Each with its sparkline; what runs has the place for it from its start. */
export function RunningNow({ running }: { running: CalculationSummary[] }) {
  if (running.length === 0) return <p className={styles.idle}>Nothing runs. The computer is free.</p>;
  return (
    <ul className={styles.runs}>
      {running.map((calculation) => (
        <Run key={calculation.id} calculation={calculation} />
      ))}
    </ul>
  );
}

function Run({ calculation }: { calculation: CalculationSummary }) {
  const { id, formula, label, state, startedAt, phase } = calculation;
  const { residuals, threshold, kpoints } = useProgress(id);
  const now = useNow(startedAt ? 1_000 : null);
  const last = residuals.at(-1);
  const walk = kpoints.at(-1);
  const where = walk
    ? `${walk.done} of ${walk.total} k-points`
    : last
      ? `iteration ${last.iteration}, ${scientific(last.residual, 2)}${UNIT_SPACE}Ha`
      : phase;
  return (
    <li className={styles.run}>
      <span className={styles.runFormula}>
        <Formula of={formula} />
      </span>
      <span className={styles.runText}>
        <Link href={`/calculations/${id}`} className={styles.cover}>
          {label}
        </Link>
        <span className={styles.runState}>
          <StateBadge state={state} />
          <span className="figures" suppressHydrationWarning>
            {[startedAt && duration((now.getTime() - startedAt.getTime()) / 1000), where].filter(Boolean).join(' · ')}
          </span>
        </span>
      </span>
      {(state === 'running' || last) && (
        <span className={styles.spark}>
          <Sparkline points={residuals} threshold={threshold} />
        </span>
      )}
    </li>
  );
}
