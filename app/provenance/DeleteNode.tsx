'use client';
import { Button, Checkbox, List } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { DeletionPlan } from '@/server/schemas/provenance';
import { messageOf, useTRPC } from '../_trpc/client';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { Notice } from '../components/Notice';
import { bytes, counted } from '../format/number';
import { NodeTitle } from './NodeTitle';
import styles from './provenance.module.css';

const SHOWN = 12;

interface Props {
  id: string;
  title: string;
  /** The page to go on with, when this one has gone. */
  next: string;
}

/** Deletes a node with all that would be half without it, after showing what that is. */
export function DeleteNode({ id, title, next }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [withAncestors, setWithAncestors] = useState(false);
  const plan = useQuery(
    trpc.provenance.planDeletion.queryOptions(
      { id, withAncestors },
      { enabled: isOpen, staleTime: 0, placeholderData: keepPreviousData },
    ),
  );
  const remove = useMutation(
    trpc.provenance.delete.mutationOptions({
      onSuccess: () => {
        router.push(next);
        router.refresh();
        // What is on screen is gone; all else is asked anew where it is shown.
        void queryClient.invalidateQueries({ refetchType: 'none' });
      },
      onError: () => void plan.refetch(),
    }),
  );
  const { data } = plan;
  const isReady = data !== undefined && !plan.isPlaceholderData && data.running.length === 0;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />}
        onClick={() => {
          remove.reset();
          open();
        }}
      >
        Delete
      </Button>
      <ConfirmDialog
        {...{ isOpen, onClose: close, title: `Delete “${title}”?`, no: 'Keep it', yes: 'Delete for good' }}
        act={{
          isPending: remove.isPending,
          error: remove.error,
          mutate: () => data && remove.mutate({ id, withAncestors, fingerprint: data.fingerprint }),
        }}
        isReady={isReady}
      >
        {plan.error && (
          <Notice tone="bad" role="alert">
            {messageOf(plan.error)}
          </Notice>
        )}
        {!data && !plan.error && <p role="status">Looking what would go with it…</p>}
        {data && <Plan plan={data} />}
        {data && (withAncestors || data.unusedAncestors > 0) && (
          <Checkbox
            mt="md"
            label={`Also what it came from and nothing else uses${withAncestors ? '' : ` (${counted(data.unusedAncestors, 'more node')})`}`}
            checked={withAncestors}
            onChange={(event) => setWithAncestors(event.currentTarget.checked)}
          />
        )}
      </ConfirmDialog>
    </>
  );
}

function Plan({ plan }: { plan: DeletionPlan }) {
  const { values, processes, calculations, structures, fileBytes, running, groups, drafts } = plan;
  const said = plan.comments + plan.tags;
  return (
    <>
      {running.length > 0 && (
        <Notice tone="warn">
          {running.map(({ title }) => `“${title}”`).join(', ')}{' '}
          {running.length === 1 ? 'has not ended. Stop it' : 'have not ended. Stop them'} first.
        </Notice>
      )}
      <p>
        {counted(values, 'value')} and {counted(processes, 'process', 'processes')} go, with all that was made from them
        {fileBytes > 0 && `; ${bytes(fileBytes)} of files are freed`}. This cannot be taken back.
      </p>
      {calculations.length > 0 ? (
        <Part title="Whole calculations">
          {calculations.slice(0, SHOWN).map(({ id, label, tookOver }) => (
            <List.Item key={id}>
              <Link href={`/calculations/${id}`}>{label}</Link>
              {tookOver && ', which took results over'}
            </List.Item>
          ))}
          <More of={calculations.length} />
        </Part>
      ) : (
        <Part title="Nodes">
          {plan.items.slice(0, SHOWN).map((one) => (
            <List.Item key={one.id}>
              <NodeTitle item={one} />
            </List.Item>
          ))}
          <More of={values + processes} />
        </Part>
      )}
      {structures.length > 0 && (
        <Part title="They leave the list of structures">
          {structures.slice(0, SHOWN).map(({ id, name }) => (
            <List.Item key={id}>{name}</List.Item>
          ))}
          <More of={structures.length} />
        </Part>
      )}
      {groups.length + drafts.length + said > 0 && (
        <Part title="In use">
          {groups.slice(0, SHOWN).map(({ id, name, nodes }) => (
            <List.Item key={id}>
              The group {name} loses {counted(nodes, 'node')}
            </List.Item>
          ))}
          {drafts.slice(0, SHOWN).map(({ id, structure }) => (
            <List.Item key={id}>
              <Link href={`/drafts/${id}/structure`}>A draft</Link> keeps the structure {structure}, without its origin
            </List.Item>
          ))}
          {said > 0 && <List.Item>{counted(said, 'tag or comment', 'tags and comments')} go too</List.Item>}
        </Part>
      )}
    </>
  );
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section className={styles.going}>
    <h3>{title}</h3>
    <List size="sm">{children}</List>
  </section>
);

const More = ({ of }: { of: number }) => (of > SHOWN ? <List.Item>and {of - SHOWN} more</List.Item> : null);
