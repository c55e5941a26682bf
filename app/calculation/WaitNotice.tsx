import Link from 'next/link';
import type { CalculationDetail, CalculationWait } from '@/server/schemas/calculation';
import { Notice } from '../components/Notice';
import { StateBadge } from '../components/StateBadge';
import styles from './calculation.module.css';
import { hasEndedBadly } from './jobs';

/** What a calculation waits for that has not begun. */
export function WaitNotice({ calculation: { state, waits } }: { calculation: CalculationDetail }) {
  const open = waits.filter(({ metAt, state: its }) => metAt === null && !hasEndedBadly(its));
  if (open.length === 0 || (state !== 'waiting' && state !== 'paused')) return null;
  return (
    <section aria-label="What it waits for" className={styles.failure}>
      <Notice tone="calm">
        <p>It begins when {open.length === 1 ? 'this calculation has' : 'these calculations have'} ended well:</p>
        <WaitList waits={open} />
      </Notice>
    </section>
  );
}

export function WaitList({ waits }: { waits: CalculationWait[] }) {
  return (
    <ul className={styles.waits}>
      {waits.map(({ id, label, state }) => (
        <li key={id}>
          <Link href={`/calculations/${id}`}>{label}</Link> <StateBadge state={state} />
        </li>
      ))}
    </ul>
  );
}
