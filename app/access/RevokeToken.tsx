'use client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../_trpc/client';
import { ConfirmDialog } from '../components/ConfirmDialog';

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
      <ConfirmDialog
        {...{ isOpen, onClose: close, title: `Revoke ${name}?`, no: 'Keep it', yes: 'Revoke it' }}
        act={{ ...revoke, mutate: () => revoke.mutate({ id }) }}
      >
        Programs that use it are turned away at once. What they submitted goes on.
      </ConfirmDialog>
    </>
  );
}
