'use client';
import { Button, Loader } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { type RemoteAnswer, type RemoteSearch, wholeFilter } from '@/server/schemas/elsewhere';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { count, counted } from '../format/number';
import styles from './elsewhere.module.css';

/** How each server answered: how much, how soon, or why not, and what can be done about it. */
export function AnswerList({ search }: { search: RemoteSearch }) {
  const { answers } = search;
  const done = answers.filter(({ state }) => state === 'answered').length;
  const failed = answers.filter(({ state }) => state === 'failed').length;
  return (
    <details className={styles.answers} open={answers.length < 5 || failed === answers.length || undefined}>
      <summary>
        <span role="status">
          {done} of {counted(answers.length, 'server')} answered
          {failed > 0 && `, ${failed} failed`}
        </span>
      </summary>
      <ul>
        {answers.map((answer) => (
          <Answer key={answer.id} answer={answer} search={search} />
        ))}
      </ul>
    </details>
  );
}

function Answer({ answer, search }: { answer: RemoteAnswer; search: RemoteSearch }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const goOn = useMutation(
    trpc.elsewhere.goOn.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.elsewhere.get.pathFilter()),
    }),
  );
  const bring = useMutation(trpc.datasets.importFrom.mutationOptions());
  const { id: answerId, name, url, state, failure, notes, refused, hasMore, found } = answer;
  const error = goOn.error ?? bring.error;
  const isOver = state === 'failed' || hasMore;
  return (
    <li className={styles.answer} data-state={state}>
      <span className={styles.mark}>
        <Mark state={state} />
      </span>
      <div className={styles.said}>
        <strong>{name}</strong> <span className="faint figures">{told(answer)}</span>
        {failure && <p className={styles.failure}>{failure}</p>}
        {refused > 0 && (
          <p className="faint">
            {counted(refused, 'entry', 'entries')} could not be read as a structure and {refused === 1 ? 'is' : 'are'}{' '}
            left out.
          </p>
        )}
        {notes.map((note) => (
          <p key={note} className="faint">
            {note}
          </p>
        ))}
        {error && (
          <Notice tone="bad" role="alert">
            {messageOf(error)}
          </Notice>
        )}
        {bring.data && (
          <p role="status">
            It is being read: <Link href="/explore">see it under Explore</Link>.
          </p>
        )}
      </div>
      <div className={styles.acts}>
        {isOver && (
          <Button
            variant="default"
            size="compact-sm"
            loading={goOn.isPending}
            onClick={() => goOn.mutate({ id: search.id, answerId })}
            aria-label={`${state === 'failed' ? 'Ask again' : 'Go on'}: ${name}`}
          >
            {state === 'failed' ? 'Ask again' : 'Go on'}
          </Button>
        )}
        {state === 'answered' && found > 0 && !bring.data && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={bring.isPending}
            onClick={() =>
              bring.mutate({ kind: 'optimade', url, filter: wholeFilter(search), title: `${search.text}, ${name}` })
            }
            aria-label={`Make a dataset of all that ${name} has of it`}
          >
            Make a dataset
          </Button>
        )}
      </div>
    </li>
  );
}

function Mark({ state }: { state: RemoteAnswer['state'] }) {
  if (state === 'asking') return <Loader size={16} aria-hidden />;
  const Icon = state === 'answered' ? IconCircleCheck : IconCircleX;
  return <Icon size={18} stroke={1.7} aria-hidden />;
}

function told({ state, found, total, latencyMs, hasMore }: RemoteAnswer): string {
  const some = `${count(found)}${total !== null && total > found ? ` of ${count(total)}` : ''} found`;
  if (state === 'asking') return found > 0 ? `${some}, asking for more` : 'asking';
  if (state === 'failed') return found > 0 ? `${some}, then failed` : 'failed';
  return `${some}${hasMore && total === null ? ', more to come' : ''}, answered in ${count(latencyMs ?? 0)} ms`;
}
