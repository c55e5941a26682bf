'use client';
import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';

/** Revokes a token after asking. */
export function RevokeToken({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.tokens.list.pathFilter()),
    }),
  );
  return (
    <>
      <Button variant="default" size="xs" onClick={open} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Revoke ${name}?`} centered transitionProps={{ duration: 100 }}>
        <p>Programs that use it are turned away at once. What they submitted goes on.</p>
        {revoke.error && (
          <Notice tone="bad" role="alert">
            {messageOf(revoke.error)}
          </Notice>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button color="red" onClick={() => revoke.mutate({ id })} loading={revoke.isPending}>
            Revoke it
          </Button>
        </Group>
      </Modal>
    </>
  );
}
