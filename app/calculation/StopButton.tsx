'use client';
import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';

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
      <Modal
        opened={isOpen}
        onClose={close}
        title="Stop this calculation?"
        centered
        transitionProps={{ duration: 100 }}
      >
        <p>
          “{label}” ends within a few seconds. Steps that are done keep their results; the one under way is lost. To go
          on later, copy it and submit again: what is done is taken over.
        </p>
        {stop.error && (
          <Notice tone="bad" role="alert">
            {messageOf(stop.error)}
          </Notice>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close} data-autofocus>
            Let it run
          </Button>
          <Button color="red" onClick={() => stop.mutate({ id })} loading={stop.isPending}>
            Stop it
          </Button>
        </Group>
      </Modal>
    </>
  );
}
