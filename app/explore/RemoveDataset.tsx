'use client';
import { ActionIcon, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { useTRPC } from '../_trpc/client';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { counted } from '../format/number';
import styles from './explore.module.css';

interface Props {
  dataset: DatasetSummary;
  /** As the undoing of an import that did not end well, in words. */
  isUndo?: boolean;
}

/** Removes a dataset with its entries, after asking. */
export function RemoveDataset({ dataset: { id, title, entryCount }, isUndo = false }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const remove = useMutation(
    trpc.datasets.remove.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.datasets.list.pathFilter());
        close();
      },
    }),
  );
  return (
    <>
      {isUndo ? (
        <Button variant="default" size="compact-sm" onClick={open}>
          Undo the import
        </Button>
      ) : (
        <ActionIcon
          variant="subtle"
          color="gray"
          className={styles.remove}
          onClick={open}
          aria-label={`Remove ${title}`}
        >
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      )}
      <ConfirmDialog
        {...{
          isOpen,
          onClose: close,
          title: isUndo ? `Undo the import of ${title}?` : `Remove ${title}?`,
          no: 'Keep it',
          yes: 'Remove it',
        }}
        act={{ ...remove, mutate: () => remove.mutate({ id }) }}
      >
        {counted(entryCount, 'entry goes', 'entries go')} with it. Structures and calculations that were made from them
        stay.
      </ConfirmDialog>
    </>
  );
}
