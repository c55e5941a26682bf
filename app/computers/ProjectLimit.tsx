'use client';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { messageOf, useTRPC } from '../_trpc/client';
import { JobsLimit } from './JobsLimit';

/** How many jobs of this project may run at once, wherever they run. */
export function ProjectLimit() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: status } = useSuspenseQuery(trpc.system.status.queryOptions());
  const change = useMutation(
    trpc.projects.limit.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.system.status.queryFilter()),
    }),
  );
  return (
    <JobsLimit
      label="Jobs of this project at a time"
      description="On all computers together. Empty: no limit of its own."
      jobsMax={status.project.jobsMax}
      problem={change.error && messageOf(change.error)}
      isPending={change.isPending}
      onChange={(jobsMax) => change.mutate({ jobsMax })}
    />
  );
}
