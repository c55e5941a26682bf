'use client';
import { isTerminal } from '@/server/schemas/process';
import { Ago } from '../components/Ago';
import { StateBadge } from '../components/StateBadge';
import { useNow } from '../components/use-now';
import { duration, roughDuration } from '../format/time';
import styles from './calculation.module.css';
import { currentJob } from './jobs';
import type { TabProps } from './tabs/tab-props';

/** State, phase, elapsed and expected: "running · energies along the path · 12 s of about 20 s". */
export function StateLine({ calculation }: Pick<TabProps, 'calculation' | 'progress'>) {
  const { state, startedAt, finishedAt, createdAt, expectedSeconds, tree, pausedAt } = calculation;
  const hasEnded = isTerminal(state);
  const now = useNow(hasEnded ? null : 1_000);
  const job = currentJob(tree);
  const elapsed = startedAt && ((finishedAt ?? now).getTime() - startedAt.getTime()) / 1000;
  const phase = job?.phase ?? calculation.phase;
  const parts = [
    !hasEnded && job ? job.title : null,
    !hasEnded && phase && phase !== job?.title ? phase : null,
    job?.queuePosition ? `${ordinal(job.queuePosition)} in line` : null,
    // A job that writes its checkpoint does not wait yet.
    !hasEnded && pausedAt && state !== 'paused' ? 'pausing' : null,
    pausedAt && state === 'paused' ? 'waits until you let it go on' : null,
  ].filter((part) => part !== null);
  return (
    <p className={styles.state}>
      <span role="status">
        <StateBadge state={state} />
      </span>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
      {elapsed !== null && (
        <span className="figures" suppressHydrationWarning>
          {hasEnded ? `took ${duration(elapsed)}` : duration(elapsed)}
          {!hasEnded && expectedSeconds ? ` of ${roughDuration(expectedSeconds)}` : ''}
        </span>
      )}
      <span>
        submitted&nbsp;
        <Ago at={createdAt} />
      </span>
    </p>
  );
}

const ordinal = (place: number) => (place === 1 ? 'next' : place === 2 ? '2nd' : place === 3 ? '3rd' : `${place}th`);
