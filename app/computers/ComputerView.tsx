'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { messageOf, useTRPC } from '../_trpc/client';
import { ButtonLink } from '../components/ButtonLink';
import shared from '../components/list-detail.module.css';
import { Notice } from '../components/Notice';
import { bytes } from '../format/number';
import { CodeList } from './CodeList';
import { addressWords, schedulerWords } from './computer-words';
import styles from './computers.module.css';
import { JobsLimit } from './JobsLimit';
import { TestPanel } from './TestPanel';

/** A computer: how it is reached, its test, its switch and its codes. */
export function ComputerView({ id }: { id: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: computer } = useSuspenseQuery(trpc.computers.get.queryOptions({ id }));
  const turn = useMutation(
    trpc.computers.switch.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.computers.pathFilter()),
    }),
  );
  const limit = useMutation(
    trpc.computers.limit.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.computers.pathFilter()),
    }),
  );
  const { name, description, settings, cores, memoryBytes, jobsMax, isOwn, isEnabled, test } = computer;
  const facts: [string, string][] = isOwn
    ? [
        ['Cores for jobs', String(cores)],
        ['Memory for jobs', bytes(memoryBytes)],
      ]
    : [
        ['Address', addressWords(settings)],
        ['Scheduler', schedulerWords(settings)],
        ['Work folder', settings.workFolder],
        [settings.scheduler.kind === 'slurm' ? 'Cores of a job, at most' : 'Cores', String(cores)],
        ['Memory', bytes(memoryBytes)],
      ];
  return (
    <section aria-labelledby="computer-name" className={styles.view}>
      <div className={shared.head}>
        <div>
          <h2 id="computer-name" className={shared.title}>
            {name}
          </h2>
          {description && <p className="soft">{description}</p>}
        </div>
        {!isOwn && (
          <div className={styles.buttons}>
            <ButtonLink href={`/computers?computer=${id}&edit=1`} variant="default">
              Change
            </ButtonLink>
            <Button
              variant={isEnabled ? 'default' : 'filled'}
              disabled={!isEnabled && !test?.isPassed}
              loading={turn.isPending}
              onClick={() => turn.mutate({ id, isEnabled: !isEnabled })}
            >
              {isEnabled ? 'Disable' : 'Enable'}
            </Button>
          </div>
        )}
      </div>
      {turn.error && (
        <Notice tone="bad" role="alert">
          {messageOf(turn.error)}
        </Notice>
      )}
      {!isOwn && (
        <p role="status">
          {isEnabled
            ? 'It takes jobs: the wizard offers it.'
            : test?.isPassed
              ? 'All steps of the test have passed. Enable it, and the wizard offers it.'
              : 'It takes no jobs yet: test it, then enable it.'}
        </p>
      )}
      <dl className={styles.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt className="faint">{term}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      <JobsLimit
        label="Jobs at a time"
        description={
          settings.scheduler.kind === 'slurm'
            ? 'In the queue of Slurm together. Empty: 50.'
            : 'Empty: as many as its cores and memory hold.'
        }
        jobsMax={jobsMax}
        problem={limit.error && messageOf(limit.error)}
        isPending={limit.isPending}
        onChange={(wanted) => limit.mutate({ id, jobsMax: wanted })}
      />
      {!isOwn && <TestPanel computer={computer} />}
      {!isOwn && <CodeList computer={computer} />}
    </section>
  );
}
