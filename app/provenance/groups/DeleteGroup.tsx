'use client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '../../_trpc/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';

/** Deletes a group after asking; its nodes stay. */
export function DeleteGroup({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const remove = useMutation(
    trpc.groups.remove.mutationOptions({
      onSuccess: async () => {
        close();
        router.push('/groups');
        await queryClient.invalidateQueries(trpc.groups.list.queryFilter());
      },
    }),
  );
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />} onClick={open}>
        Delete
      </Button>
      <ConfirmDialog
        {...{ isOpen, onClose: close, title: `Delete the group ${name}?`, no: 'Keep it', yes: 'Delete it' }}
        act={{ ...remove, mutate: () => remove.mutate({ groupId: id }) }}
      >
        The values and processes in it stay where they are.
      </ConfirmDialog>
    </>
  );
}
