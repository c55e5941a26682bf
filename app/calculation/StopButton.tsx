'use client';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../_trpc/client';
import { ConfirmDialog } from '../components/ConfirmDialog';

/** Stops after asking. */
export function StopButton({ id, label }: { id: string; label: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const stop = useMutation(
    trpc.calculations.stop.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id }));
        close();
      },
    }),
  );
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={17} stroke={1.7} aria-hidden />}
        onClick={open}
        loading={stop.isSuccess}
      >
        Stop
      </Button>
      <ConfirmDialog
        {...{ isOpen, onClose: close, title: 'Stop this calculation?', no: 'Let it run', yes: 'Stop it' }}
        act={{ ...stop, mutate: () => stop.mutate({ id }) }}
      >
        “{label}” ends within a few seconds. Steps that are done keep their results; the one under way is lost. To go on
        later, copy it and submit again: what is done is taken over.
      </ConfirmDialog>
    </>
  );
}
