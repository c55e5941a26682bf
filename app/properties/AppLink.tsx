'use client';
import { IconAppWindow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '../_trpc/client';
import styles from './app-link.module.css';
import type { PropertyApp } from './panels';

/** Leads on from a result to an app, with the structure of the calculation; nothing where the app is not there. */
export function AppLink({ app, structureId }: { app: PropertyApp; structureId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.apps.list.queryOptions({}));
  if (!data?.some(({ name }) => name === app.name)) return null;
  const query = new URLSearchParams({ [app.structureInput]: structureId });
  return (
    <p className={styles.link}>
      <IconAppWindow size={17} stroke={1.6} aria-hidden />
      <Link href={`/apps/${app.name}?${query}`} prefetch={false}>
        {app.sentence}
      </Link>
    </p>
  );
}
