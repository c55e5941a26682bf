'use client';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ComputerDetail, TestStep } from '@/server/schemas/computers';
import { messageOf, useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import shared from '../components/list-detail.module.css';
import { Notice } from '../components/Notice';
import styles from './computers.module.css';

const looks = {
  passed: { icon: IconCircleCheck, word: 'passed' },
  failed: { icon: IconCircleX, word: 'failed' },
  skipped: { icon: IconCircleDashed, word: 'skipped' },
} as const satisfies Record<TestStep['state'], unknown>;

/** The test in steps, each with what was found or why it failed; and the question whether a host key is the right one. */
export function TestPanel({ computer: { id, name, test } }: { computer: ComputerDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const run = useMutation(
    trpc.computers.test.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.computers.get.queryFilter({ id })),
    }),
  );
  const hostKey = test?.hostKey;
  return (
    <section aria-labelledby="test-title" className={styles.part}>
      <div className={shared.head}>
        <h3 id="test-title">Test</h3>
        <Button
          variant={test?.isPassed ? 'default' : 'filled'}
          size="compact-sm"
          loading={run.isPending}
          onClick={() => run.mutate({ id })}
        >
          {test ? 'Test again' : `Test ${name}`}
        </Button>
      </div>
      {run.error && (
        <Notice tone="bad" role="alert">
          {messageOf(run.error)}
        </Notice>
      )}
      {!test && (
        <p className="soft">
          It connects, writes, runs, reads back, asks the scheduler and computes a crystal of helium: some seconds.
        </p>
      )}
      {hostKey && (
        <Notice tone={hostKey.isChanged ? 'bad' : 'warn'}>
          <p>
            {hostKey.host} shows {hostKey.isChanged ? 'another key than before' : 'this key'}:{' '}
            <code className={styles.key}>{hostKey.fingerprint}</code>. Compare it with what its administrators tell.
          </p>
          <Button
            size="compact-sm"
            variant="default"
            mt="xs"
            loading={run.isPending}
            onClick={() => run.mutate({ id, acceptHostKeys: { [hostKey.host]: hostKey.fingerprint } })}
          >
            Accept this key and go on
          </Button>
        </Notice>
      )}
      {test && (
        <>
          <ol className={styles.steps} aria-busy={run.isPending}>
            {test.steps.map(({ name: step, title, state, message, advice, seconds }) => {
              const { icon: Icon, word } = looks[state];
              return (
                <li key={step} data-state={state}>
                  <Icon size={18} stroke={1.8} aria-hidden />
                  <span>
                    <span className={shared.name}>{title}</span> <span className="visually-hidden">{word}</span>
                    <span className="soft">{message}</span>
                    {advice && <span>{advice}</span>}
                  </span>
                  <span className="faint figures">{state === 'skipped' ? '' : `${seconds.toFixed(1)}\u2009s`}</span>
                </li>
              );
            })}
          </ol>
          <p className="faint">
            Tested <Ago at={test.testedAt} />
          </p>
        </>
      )}
    </section>
  );
}
