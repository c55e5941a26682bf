'use client';
import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';

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
      <Modal opened={isOpen} onClose={close} title={`Remove ${name}?`} centered transitionProps={{ duration: 100 }}>
        <p>Its files go with it. Installing the archive again brings it back.</p>
        {remove.error && (
          <Notice tone="bad" role="alert">
            {messageOf(remove.error)}
          </Notice>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button color="red" onClick={() => remove.mutate({ id })} loading={remove.isPending}>
            Remove it
          </Button>
        </Group>
      </Modal>
    </>
  );
}
