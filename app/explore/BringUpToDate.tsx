'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import styles from './explore.module.css';

/** Publishes again what a dataset's query over calculations finds today, and says what the last time changed. */
export function BringUpToDate({ dataset: { id, source, title } }: { dataset: DatasetSummary }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const bring = useMutation(
    trpc.datasets.bringUpToDate.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.datasets.list.pathFilter()),
    }),
  );
  if (source.kind !== 'calculations') return null;
  return (
    <div className={styles.state}>
      {bring.error && (
        <Notice tone="bad" role="alert">
          {messageOf(bring.error)}
        </Notice>
      )}
      {source.changes && (
        <p className="faint" role="status">
          {changesText(source.changes)}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Bring ${title} up to date`}
          loading={bring.isPending}
          onClick={() => bring.mutate({ id })}
        >
          Bring up to date
        </Button>
      </div>
    </div>
  );
}

function changesText({
  version,
  added,
  changed,
  gone,
}: {
  version: string;
  added: number;
  changed: number;
  gone: number;
}) {
  return added + changed + gone === 0
    ? `Brought up to date: nothing has changed since version ${version}.`
    : `Version ${version}: ${added} new, ${changed} changed, ${gone} gone.`;
}
