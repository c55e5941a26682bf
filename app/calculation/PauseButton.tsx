'use client';
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';

/** Has a calculation write its checkpoint and wait, or go on. Nothing is lost by either, so that neither asks. */
export function PauseButton({ calculation }: { calculation: CalculationDetail }) {
  const { id, pausedAt } = calculation;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => void queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id }));
  const pause = useMutation(trpc.calculations.pause.mutationOptions({ onSuccess }));
  const goOn = useMutation(trpc.calculations.goOn.mutationOptions({ onSuccess }));
  const isPaused = pausedAt !== null;
  const { mutate, isPending } = isPaused ? goOn : pause;
  const Icon = isPaused ? IconPlayerPlay : IconPlayerPause;
  const error = pause.error ?? goOn.error;
  return (
    <>
      <Button
        variant={isPaused ? 'filled' : 'default'}
        leftSection={<Icon size={17} stroke={1.7} aria-hidden />}
        onClick={() => mutate({ id })}
        loading={isPending}
      >
        {isPaused ? 'Go on' : 'Pause'}
      </Button>
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
    </>
  );
}
