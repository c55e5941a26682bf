'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { chosenProperties, stepsOf } from '@/server/properties/ids';
import { useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { stepTitle } from '../properties/step-title';
import { useWizard } from './draft-context';
import styles from './wizard.module.css';

/** What a calculation that is run again takes over, and the way to compute all of it anew. */
export function RerunNotice() {
  const trpc = useTRPC();
  const { draft, update } = useWizard();
  const { rerun, properties } = draft.data;
  const source = useQuery({
    ...trpc.calculations.get.queryOptions({ id: rerun?.calculationId ?? '' }),
    enabled: rerun !== null,
  });
  if (!rerun) return null;
  const steps = stepsOf(chosenProperties(properties));
  const taken = steps.slice(0, Math.max(0, steps.indexOf(rerun.from)));
  return (
    <div className={styles.rerun}>
      <Notice tone="calm">
        <p>
          Runs <Link href={`/calculations/${rerun.calculationId}`}>{source.data?.label ?? 'a calculation'}</Link> again
          from “{stepTitle(rerun.from)}”.{' '}
          {taken.length > 0
            ? `Taken over as it is: ${taken.map(stepTitle).join(', ')}.`
            : 'It is the first step, so that nothing is taken over.'}
        </p>
        <Button variant="default" size="compact-sm" mt={8} onClick={() => update({ rerun: null })}>
          Compute everything anew
        </Button>
      </Notice>
    </div>
  );
}
