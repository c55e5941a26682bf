'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots, IconDownload, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NotebookSummary } from '@/server/schemas/notebook/notebooks';
import { messageOf, useTRPC, useTRPCClient } from '../_trpc/client';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { download } from '../components/download';

interface Props {
  notebook: NotebookSummary;
  onFault: (fault: string | null) => void;
}

/** What can be done with a notebook from the list. */
export function RowMenu({ notebook: { id, name, isArchived }, onFault }: Props) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const readAnew = () => queryClient.invalidateQueries(trpc.notebooks.list.pathFilter());
  const archive = useMutation(
    trpc.notebooks.archive.mutationOptions({ onSuccess: readAnew, onError: (err) => onFault(messageOf(err)) }),
  );
  const remove = useMutation(
    trpc.notebooks.remove.mutationOptions({
      onSuccess: () => {
        setIsAsking(false);
        void readAnew();
      },
    }),
  );
  const save = () =>
    client.notebooks.export.query({ id }).then(
      ({ fileName, text }) => download(fileName, text, 'application/x-ipynb+json'),
      (err) => onFault(messageOf(err)),
    );
  return (
    <>
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={`Actions for ${name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
            Download .ipynb
          </Menu.Item>
          <Menu.Item
            leftSection={isArchived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />}
            onClick={() => archive.mutate({ id, isArchived: !isArchived })}
          >
            {isArchived ? 'Put back into the list' : 'Archive'}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setIsAsking(true)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Delete ${name}?`}
        no="Keep it"
        yes="Delete"
        act={{ mutate: () => remove.mutate({ id }), isPending: remove.isPending, error: remove.error }}
      >
        Its cells, outputs and the files in its folder are deleted for good, and the app that was made of it. What it
        runs is ended.
      </ConfirmDialog>
    </>
  );
}
