'use client';
import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { useWizard } from '../draft-context';
import styles from './review-step.module.css';

/** The input of pw.x for each job, to be read and changed. What a person changes is checked, and kept in the provenance. */
export function EspressoInputs() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { draft, update } = useWizard();
  const inputs = useQuery({
    ...trpc.calculations.espressoInputs.queryOptions({ draftId: draft.id }),
  });
  const { version } = draft;
  // A saved draft has a new version: what was made from the last one may no longer hold.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is the reason.
  useEffect(() => {
    void queryClient.invalidateQueries(trpc.calculations.espressoInputs.queryFilter({ draftId: draft.id }));
  }, [version, draft.id, queryClient, trpc]);
  const { espressoEdits } = draft.data;
  if (inputs.error)
    return (
      <Notice tone="calm">
        The input of pw.x is shown here once nothing else is in the way. {messageOf(inputs.error)}
      </Notice>
    );
  return (
    <section aria-labelledby="raw-title">
      <div className={styles.head}>
        <h2 id="raw-title">Input of pw.x</h2>
      </div>
      {inputs.data?.map(({ jobName, title, version: program, made, problem }) => {
        const edited = espressoEdits[jobName];
        const isEdited = edited !== undefined && edited !== made;
        const put = (text: string | undefined) => {
          const { [jobName]: _, ...others } = espressoEdits;
          update({ espressoEdits: text === undefined ? others : { ...others, [jobName]: text } });
        };
        return (
          <details key={jobName} className={styles.raw}>
            <summary>
              {title} <span className="faint">for pw.x {program}</span>
              {isEdited && <span className={styles.mark}>set by hand</span>}
            </summary>
            <Textarea
              aria-label={`Input of pw.x: ${title}`}
              autosize
              minRows={8}
              maxRows={30}
              spellCheck={false}
              styles={{ input: { fontFamily: 'var(--font-mono), ui-monospace, monospace', fontSize: 12.5 } }}
              value={edited ?? made}
              error={isEdited ? problem : null}
              onChange={(event) => {
                const text = event.currentTarget.value;
                put(text === made ? undefined : text);
              }}
            />
            {isEdited && (
              <Button mt={8} variant="default" size="compact-sm" onClick={() => put(undefined)}>
                Back to the input as made
              </Button>
            )}
          </details>
        );
      })}
    </section>
  );
}
