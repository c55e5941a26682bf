'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import styles from './calculation.module.css';
import { jobsOf } from './jobs';

/** Why a step paused, and the way to let it go on once that is mended. */
export function PausedNotice({ calculation: { id, tree } }: { calculation: CalculationDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const goOn = useMutation(
    trpc.processes.goOn.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id })),
    }),
  );
  return jobsOf(tree)
    .filter(({ state }) => state === 'paused')
    .map((job) => (
      <section key={job.id} aria-label={`Why ${job.title} paused`} className={styles.failure}>
        <Notice tone="warn">
          <p>
            {job.title} is paused. {job.failure?.message}
          </p>
          {job.failure?.advice && <p className={styles.advice}>{job.failure.advice}</p>}
          {goOn.error && <p role="alert">{messageOf(goOn.error)}</p>}
          <div className={styles.adviceButtons}>
            <Button size="compact-md" loading={goOn.isPending} onClick={() => goOn.mutate({ id: job.id })}>
              Go on
            </Button>
          </div>
        </Notice>
      </section>
    ));
}
