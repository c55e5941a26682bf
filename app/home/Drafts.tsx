'use client';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import type { DraftSummary } from '@/server/schemas/draft';
import { messageOf, useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { Formula } from '../components/Typeset';
import { stepTexts } from '../wizard/steps';
import styles from './home.module.css';

/** Drafts to go on with. An empty one is not worth a line. */
export function Drafts({ drafts }: { drafts: DraftSummary[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const discard = useMutation(
    trpc.drafts.discard.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.system.home.pathFilter()),
    }),
  );
  const begun = drafts.filter(({ formula, properties }) => formula !== null || properties.length > 0);
  if (begun.length === 0) return null;
  return (
    <section aria-labelledby="drafts-title">
      <h2 id="drafts-title">Go on with</h2>
      {discard.error && <p role="alert">{messageOf(discard.error)}</p>}
      <ul className={styles.drafts}>
        {begun.map(({ id, formula, label, step, updatedAt }) => (
          <li key={id}>
            <Link href={`/drafts/${id}`} prefetch={false} className={styles.draft}>
              <span className={styles.draftName}>
                {label ?? (formula ? <Formula of={formula} /> : 'No structure yet')}
              </span>
              <span className="faint">
                {stepTexts[step].short.toLowerCase()}, <Ago at={updatedAt} />
              </span>
            </Link>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={`Discard the draft ${label ?? formula ?? ''}`}
              title="Discard"
              onClick={() => discard.mutate({ id })}
            >
              <IconX size={15} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}
