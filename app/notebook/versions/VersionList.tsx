'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { VersionSummary } from '@/server/schemas/notebook/versions';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Ago } from '../../components/Ago';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { Empty } from '../../components/Empty';
import { Notice } from '../../components/Notice';
import { useOpenNotebook } from '../use-notebook';
import { changeWords, versionTitle } from './version-words';
import styles from './versions.module.css';

/** The versions, the newest first; each leads to what has changed since. */
export function VersionList({ onChoose }: { onChoose: (version: VersionSummary) => void }) {
  const { client } = useOpenNotebook();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<VersionSummary | null>(null);
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    trpc.notebookVersions.list.infiniteQueryOptions(
      { id: client.id, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const remove = useMutation(
    trpc.notebookVersions.remove.mutationOptions({
      onSuccess: () => {
        setAsked(null);
        return queryClient.invalidateQueries(trpc.notebookVersions.pathFilter());
      },
    }),
  );
  if (isPending) return <p className="faint">Reading the versions…</p>;
  if (error)
    return (
      <Notice tone="bad" role="alert">
        {messageOf(error)}
      </Notice>
    );
  const versions = data.pages.flatMap(({ items }) => items);
  if (versions.length === 0)
    return (
      <Empty title="No versions yet">
        Name one above. The platform makes checkpoints by itself while you work, in pauses of half a minute.
      </Empty>
    );
  return (
    <>
      <ol className={styles.list} aria-label="Versions, the newest first">
        {versions.map((version) => (
          <li key={version.id} data-kind={version.kind}>
            <button type="button" className={styles.version} onClick={() => onChoose(version)}>
              <span className={styles.title}>{versionTitle(version)}</span>
              <span className={styles.facts}>
                <Ago at={version.createdAt} />
                {version.by && `, ${version.by}`}
                {` · ${changeWords(version)}`}
              </span>
            </button>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={`Delete ${versionTitle(version)}`}
              onClick={() => setAsked(version)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older ones
        </Button>
      )}
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        title={asked ? `Delete ${versionTitle(asked)}?` : ''}
        no="Keep it"
        yes="Delete"
        act={{
          mutate: () => asked && remove.mutate({ id: client.id, versionId: asked.id }),
          isPending: remove.isPending,
          error: remove.error,
        }}
      >
        The notebook and its other versions stay. What only this version holds is deleted for good.
      </ConfirmDialog>
    </>
  );
}
