'use client';
import { Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { messageOf, useTRPC } from '../_trpc/client';

/** Whether other calculations may take over what this one found. */
export function ReuseChoice({ calculation: { id, isReusable } }: { calculation: CalculationDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.calculations.setReuse.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id })),
    }),
  );
  return (
    <Checkbox
      label="Other calculations may take over these results"
      description="Where exactly the same job is asked for again. What was taken over already stays where it is."
      checked={change.isPending ? change.variables.isReusable : isReusable}
      error={change.error && messageOf(change.error)}
      onChange={(event) => change.mutate({ id, isReusable: event.currentTarget.checked })}
    />
  );
}
