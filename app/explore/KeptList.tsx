'use client';
import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { messageOf, useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { Notice } from '../components/Notice';
import { counted } from '../format/number';
import styles from './explore.module.css';

/** Saved queries and frozen results; nothing where there are none. */
export function KeptList() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: queries = [] } = useQuery(trpc.savedQueries.list.queryOptions());
  const { data: sets = [] } = useQuery(trpc.resultSets.list.queryOptions());
  const forget = useMutation(
    trpc.savedQueries.remove.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.savedQueries.list.pathFilter()),
    }),
  );
  if (queries.length + sets.length === 0) return null;
  return (
    <section aria-labelledby="kept-title" className={styles.kept}>
      <h2 id="kept-title">Kept queries and results</h2>
      {forget.error && (
        <Notice tone="bad" role="alert">
          {messageOf(forget.error)}
        </Notice>
      )}
      <ul>
        {sets.map(({ id, name, dataset, entryCount, createdAt }) => (
          <li key={id}>
            <Link href={`/explore/sets/${id}`}>{name}</Link>
            <span className="faint">
              frozen result of {dataset.title}, {counted(entryCount, 'entry', 'entries')}, <Ago at={createdAt} />
            </span>
          </li>
        ))}
        {queries.map(({ id, name, search, dataset, createdAt }) => (
          <li key={id}>
            <Link href={`/explore/${dataset.slug}${search && `?${search}`}`}>{name}</Link>
            <span className="faint">
              query of {dataset.title}, <Ago at={createdAt} />
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              onClick={() => forget.mutate({ id })}
              aria-label={`Forget ${name}`}
            >
              <IconTrash size={15} stroke={1.7} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}
