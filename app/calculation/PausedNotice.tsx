'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CalculationDetail } from '@/server/schemas/calculation';
import type { Failure } from '@/server/schemas/process';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import styles from './calculation.module.css';
import { hasEndedBadly, jobsOf } from './jobs';
import { WaitList } from './WaitNotice';

/** Why a calculation or one of its steps paused, and the way to let it go on. */
export function PausedNotice({ calculation }: { calculation: CalculationDetail }) {
  const { id, state, failure, tree, waits } = calculation;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id }));
  const goOnWhole = useMutation(trpc.calculations.goOn.mutationOptions({ onSuccess }));
  const goOn = useMutation(trpc.processes.goOn.mutationOptions({ onSuccess }));
  // What a person paused waits for nobody else, and has its button above.
  const jobs = jobsOf(tree).filter((job) => job.state === 'paused' && job.failure);
  return (
    <>
      {state === 'paused' && failure && jobs.length === 0 && (
        <Reason
          title="The calculation"
          failure={failure}
          goOn={{ ...goOnWhole, mutate: () => goOnWhole.mutate({ id }) }}
        >
          <WaitList waits={waits.filter(({ metAt, state: its }) => metAt === null && hasEndedBadly(its))} />
        </Reason>
      )}
      {jobs.map((job) => (
        <Reason
          key={job.id}
          title={job.title}
          failure={job.failure!}
          goOn={{ ...goOn, mutate: () => goOn.mutate({ id: job.id }) }}
        />
      ))}
    </>
  );
}

interface ReasonProps {
  title: string;
  failure: Failure;
  goOn: { mutate: () => void; isPending: boolean; error: unknown };
  children?: ReactNode;
}

function Reason({ title, failure, goOn, children }: ReasonProps) {
  return (
    <section aria-label={`Why ${title} paused`} className={styles.failure}>
      <Notice tone="warn">
        <p>
          {title} is paused. {failure.message}
        </p>
        {children}
        {failure.advice && <p className={styles.advice}>{failure.advice}</p>}
        {goOn.error !== null && <p role="alert">{messageOf(goOn.error)}</p>}
        <div className={styles.adviceButtons}>
          <Button size="compact-md" loading={goOn.isPending} onClick={goOn.mutate}>
            Go on
          </Button>
        </div>
      </Notice>
    </section>
  );
}
