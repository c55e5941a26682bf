'use client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '../_trpc/client';
import { ConfirmDialog } from '../components/ConfirmDialog';

/** Removes a family after asking; one that is used stays, and it is said by what. */
export function RemoveFamily({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const remove = useMutation(
    trpc.pseudopotentials.remove.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.pseudopotentials.list.pathFilter());
        close();
        router.push('/pseudopotentials');
      },
    }),
  );
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />} onClick={open}>
        Remove
      </Button>
      <ConfirmDialog
        {...{ isOpen, onClose: close, title: `Remove ${name}?`, no: 'Keep it', yes: 'Remove it' }}
        act={{ ...remove, mutate: () => remove.mutate({ id }) }}
      >
        Its files go with it. Installing the archive again brings it back.
      </ConfirmDialog>
    </>
  );
}
