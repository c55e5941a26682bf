'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../_trpc/client';
import { Palette } from './Palette';
import { SchemeSwitch } from './SchemeSwitch';
import styles from './shell.module.css';
import { useListsFollowEvents } from './use-lists-follow-events';

/** Project, search, what runs now, and the colour scheme. */
export function TopBar() {
  const trpc = useTRPC();
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  useListsFollowEvents();
  const running = status?.jobsRunning ?? 0;
  const waiting = status?.jobsWaiting ?? 0;
  return (
    <header className={styles.bar}>
      <p className={styles.project}>
        <span className="visually-hidden">Project: </span>
        {status?.project.name ?? 'Brine'}
      </p>
      <Palette />
      <div className={styles.tools}>
        <Link
          href={running + waiting > 0 ? '/calculations?state=running,queued,waiting,created' : '/calculations'}
          className={styles.jobs}
          data-active={running > 0 || undefined}
        >
          <span className={styles.dot} aria-hidden />
          <span className="figures">{running}</span>
          <span className={styles.wide}>running</span>
          <span className="visually-hidden">{waiting > 0 ? `, ${waiting} waiting` : ''}</span>
        </Link>
        <SchemeSwitch />
      </div>
    </header>
  );
}
