'use client';
import type { Draft } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import { StepLink } from '../StepLink';
import { stepTexts } from '../steps';
import { Rows } from './Rows';
import { reviewRows } from './review-rows';
import styles from './review-step.module.css';

/** All values, step by step, each step with the way back to it. */
export function ReviewSections({ draft, resolved }: { draft: Draft; resolved: Resolved }) {
  return reviewRows(draft.data, resolved).map(([step, rows]) => (
    <section key={step} aria-labelledby={`review-${step}`}>
      <div className={styles.head}>
        <h2 id={`review-${step}`}>{stepTexts[step].short}</h2>
        <StepLink draftId={draft.id} step={step}>
          Edit<span className="visually-hidden"> {stepTexts[step].short.toLowerCase()}</span>
        </StepLink>
      </div>
      <Rows rows={rows} />
    </section>
  ));
}
