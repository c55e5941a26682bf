'use client';
import { useMounted } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleX,
  IconClockPause,
  IconInfoCircle,
  IconLoader2,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Cell } from '@/server/schemas/notebook/state';
import styles from './notebook.module.css';
import { runWords } from './run-words';
import { useNotebook, useSource, useStale } from './use-notebook';

const icons = {
  calm: IconInfoCircle,
  active: IconLoader2,
  good: IconCheck,
  bad: IconCircleX,
  warn: IconAlertTriangle,
} as const;
const BEAT_MS = 100;

/** How a cell stands: time, place in the queue, or what became of it. */
export function CellStatus({ cell }: { cell: Cell }) {
  const isRunning = cell.run.state === 'running';
  const [now, setNow] = useState(0);
  const isMounted = useMounted();
  useEffect(() => {
    if (!isRunning) return;
    const beat = () => setNow(Date.now());
    beat();
    const timer = setInterval(beat, BEAT_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  const source = useSource(cell.id);
  const place = useNotebook((state) => state.queue.indexOf(cell.id) + 1);
  const runtime = useNotebook((state) => state.runtime);
  const stale = useStale(cell.id);
  const words = runWords(cell, { place, runtime, source, stale, nowMs: isRunning && isMounted ? now : 0 });
  if (!words) return null;
  const Icon = cell.run.state === 'queued' ? IconClockPause : icons[words.tone];
  return (
    <span className={styles.status} data-tone={words.tone}>
      <Icon size={13} stroke={2} aria-hidden className={isRunning ? styles.turning : undefined} />
      <span className="figures">{words.word}</span>
      {words.detail && <span className={styles.statusDetail}>{words.detail}</span>}
    </span>
  );
}
