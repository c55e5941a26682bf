'use client';
import { IconCheck } from '@tabler/icons-react';
import { wizardSteps } from '@/server/schemas/draft';
import { useWizard } from './draft-context';
import { StepLink } from './StepLink';
import { reasonsToStay, type StepId, stepTexts, summarizeStep } from './steps';
import styles from './wizard.module.css';

/** Where one is, what was chosen, and the way back to each choice. */
export function StepList({ current }: { current: StepId }) {
  const { draft, resolved } = useWizard();
  const isReachable = draft.data.structureId !== null;
  return (
    <nav className={styles.steps} aria-label="Steps of the calculation">
      <p className={styles.progress}>
        Step {wizardSteps.indexOf(current) + 1} of {wizardSteps.length}
      </p>
      <ol>
        {wizardSteps.map((step, index) => {
          const summary = summarizeStep(step, draft.data, resolved);
          const isDone = summary !== null && reasonsToStay(step, draft.data, resolved).length === 0;
          const isOpen = step === 'structure' || isReachable;
          const body = (
            <>
              <span className={styles.number} data-done={isDone || undefined}>
                {isDone && step !== current ? <IconCheck size={13} stroke={2.4} aria-label="done" /> : index + 1}
              </span>
              <span className={styles.stepText}>
                <span>{stepTexts[step].short}</span>
                <span className={styles.stepSummary}>{summary ?? (isOpen ? '' : 'needs a structure')}</span>
              </span>
            </>
          );
          return (
            <li key={step}>
              {isOpen ? (
                <StepLink
                  draftId={draft.id}
                  step={step}
                  className={styles.step}
                  aria-current={step === current ? 'step' : undefined}
                >
                  {body}
                </StepLink>
              ) : (
                <span className={styles.step} data-closed>
                  {body}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
