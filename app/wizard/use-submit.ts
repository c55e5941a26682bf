'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { codeOf, messageOf, useTRPC } from '../_trpc/client';
import { useWizard } from './draft-context';

/** Submits the version that is on screen and goes to the calculation. */
export function useSubmit() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { draft, flush } = useWizard();
  const mutation = useMutation(
    trpc.calculations.submit.mutationOptions({
      onSuccess: ({ id }) => router.push(`/calculations/${id}`),
      onError: (error) => {
        if (codeOf(error) === 'conflict')
          void queryClient.invalidateQueries(trpc.drafts.get.queryFilter({ id: draft.id }));
      },
    }),
  );
  return {
    submit: async () => {
      const { version } = await flush();
      mutation.mutate({ draftId: draft.id, version });
    },
    // Until the new page stands there is nothing left to do here.
    isPending: mutation.isPending || mutation.isSuccess,
    message: mutation.error ? messageOf(mutation.error) : null,
  };
}
