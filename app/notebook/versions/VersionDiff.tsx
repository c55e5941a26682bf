'use client';
import { Button, NativeSelect } from '@mantine/core';
import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { VersionSummary } from '@/server/schemas/notebook/versions';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Ago } from '../../components/Ago';
import { Notice } from '../../components/Notice';
import { absolute } from '../../format/time';
import { useOpenNotebook } from '../use-notebook';
import { DiffView } from './DiffView';
import { versionTitle } from './version-words';
import styles from './versions.module.css';

interface Props {
  version: VersionSummary;
  onBack: () => void;
  onRestored: () => void;
}

const NOW = 'now';

/** What has changed from a version to now, or to another one; and the way back to it. */
export function VersionDiff({ version, onBack, onRestored }: Props) {
  const { client, commands } = useOpenNotebook();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [to, setTo] = useState(NOW);
  const [isSent, setIsSent] = useState(false);
  // What was typed last is compared too.
  useEffect(() => void client.send().finally(() => setIsSent(true)), [client]);
  const { data: others } = useQuery(trpc.notebookVersions.list.queryOptions({ id: client.id, limit: 100 }));
  const { data: diff, error } = useQuery({
    ...trpc.notebookVersions.diff.queryOptions({ id: client.id, from: version.id, to: to === NOW ? null : to }),
    enabled: isSent,
    staleTime: 0,
  });
  const change = useMutation(trpc.notebookVersions.restore.mutationOptions());
  const restore = async () => {
    await client.send();
    const goTo = (versionId: string) => change.mutateAsync({ id: client.id, versionId });
    let { before } = await goTo(version.id);
    commands.record({
      undo: () => void goTo(before).then((answer) => ({ before } = answer)),
      redo: () => void goTo(version.id).then((answer) => ({ before } = answer)),
    });
    await queryClient.invalidateQueries(trpc.notebookVersions.pathFilter());
    onRestored();
  };
  const choices = [
    { value: NOW, label: 'what stands here now' },
    ...(others?.items ?? [])
      .filter(({ id }) => id !== version.id)
      .map((other) => ({ value: other.id, label: `${versionTitle(other)}, ${absolute(other.createdAt)}` })),
  ];
  return (
    <section aria-label={`Version: ${versionTitle(version)}`}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconArrowLeft size={15} aria-hidden />}
        onClick={onBack}
      >
        All versions
      </Button>
      <div className={styles.head}>
        <div>
          <h2>{versionTitle(version)}</h2>
          <p className="faint">
            <Ago at={version.createdAt} />
            {version.by && `, ${version.by}`}
          </p>
        </div>
        <Button
          leftSection={<IconHistory size={16} aria-hidden />}
          loading={change.isPending}
          onClick={() => void restore().catch(() => undefined)}
        >
          Restore this version
        </Button>
      </div>
      {change.error && (
        <Notice tone="bad" role="alert">
          {messageOf(change.error)}
        </Notice>
      )}
      <NativeSelect
        label="Changed from it to"
        data={choices}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        mb="md"
      />
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      {!diff && !error && <p className="faint">Comparing…</p>}
      {diff && <DiffView diff={diff} />}
    </section>
  );
}
