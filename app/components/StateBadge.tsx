import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconLoader2,
  IconPlayerPause,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { ProcessState } from '@/server/schemas/process';
import styles from './state-badge.module.css';

/** Each state with its icon, its word and its colour's meaning. */
export const stateLooks = {
  created: { icon: IconCircleDashed, word: 'created', tone: 'calm' },
  waiting: { icon: IconClock, word: 'waiting', tone: 'calm' },
  queued: { icon: IconClock, word: 'queued', tone: 'calm' },
  running: { icon: IconLoader2, word: 'running', tone: 'active' },
  paused: { icon: IconPlayerPause, word: 'paused', tone: 'warn' },
  finished: { icon: IconCircleCheck, word: 'finished', tone: 'good' },
  failed: { icon: IconCircleX, word: 'failed', tone: 'bad' },
  killed: { icon: IconPlayerStop, word: 'stopped', tone: 'calm' },
} as const satisfies Record<ProcessState, { icon: typeof IconClock; word: string; tone: string }>;

export function StateBadge({ state, children }: { state: ProcessState; children?: React.ReactNode }) {
  const { icon: Icon, word, tone } = stateLooks[state];
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size={16} stroke={1.8} aria-hidden className={state === 'running' ? styles.turning : undefined} />
      {word}
      {children}
    </span>
  );
}
