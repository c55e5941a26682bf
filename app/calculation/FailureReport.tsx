'use client';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { ButtonLink } from '../components/ButtonLink';
import { Notice } from '../components/Notice';
import { stepTitle } from '../properties/step-title';
import styles from './calculation.module.css';
import { jobsOf, rerunSteps } from './jobs';

/** What happened, and what to do. */
export function FailureReport({ calculation }: { calculation: CalculationDetail }) {
  const { id, tree } = calculation;
  const steps = rerunSteps(calculation);
  const last = steps.at(-1);
  const failure = calculation.failure ?? jobsOf(tree).find((job) => job.failure)?.failure ?? null;
  return (
    <section aria-label="Why it failed" className={styles.failure}>
      <Notice tone="bad">
        <p>{failure?.message ?? 'It ended without saying why. The log below may tell.'}</p>
        {failure?.advice && <p className={styles.advice}>{failure.advice}</p>}
        <div className={styles.adviceButtons}>
          {last && steps.length > 1 && (
            <ButtonLink href={`/new?copy=${id}&from=${last}`} prefetch={false} size="compact-md">
              Change it and run again from {stepTitle(last)}
            </ButtonLink>
          )}
          <ButtonLink
            href={`/new?copy=${id}`}
            prefetch={false}
            size="compact-md"
            variant={steps.length > 1 ? 'default' : 'filled'}
          >
            Copy and change it
          </ButtonLink>
        </div>
      </Notice>
    </section>
  );
}
