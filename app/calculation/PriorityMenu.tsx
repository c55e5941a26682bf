'use client';
import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { type Priority, priorities } from '@/server/schemas/settings';
import { messageOf, useTRPC } from '../_trpc/client';
import { priorityWords } from '../wizard/resources/priority-words';

/** Before which of one's own calculations it runs, as long as something of it waits for its turn. */
export function PriorityMenu({ calculation }: { calculation: CalculationDetail }) {
  const { id, priority } = calculation;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.calculations.setPriority.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id })),
    }),
  );
  return (
    <NativeSelect
      aria-label="Priority among your calculations"
      value={change.isPending ? change.variables.priority : priority}
      error={change.error && messageOf(change.error)}
      onChange={(event) => change.mutate({ id, priority: event.currentTarget.value as Priority })}
      data={priorities.map((value) => ({ value, label: priorityWords[value].name }))}
    />
  );
}
