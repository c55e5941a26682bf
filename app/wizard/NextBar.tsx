'use client';
import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useId } from 'react';
import { useWizard } from './draft-context';
import { SaveLine } from './SaveLine';
import { goToStep } from './StepLink';
import { reasonsToStay, type StepId, stepAfter, stepTexts } from './steps';
import { useSubmit } from './use-submit';
import styles from './wizard.module.css';

/** The way on, always in the same place: what it does, and if it cannot, why. */
export function NextBar({ step }: { step: StepId }) {
  const { draft, resolved, isResolving, update, flush, save } = useWizard();
  const reasonId = useId();
  const submit = useSubmit();
  const next = stepAfter(step);
  // What the server said before the last change may no longer hold; only Submit waits for its answer.
  const reasons = reasonsToStay(step, draft.data, isResolving ? undefined : resolved);
  const isWaiting = step === 'review' && isResolving;
  const isHeld = reasons.length > 0 || isWaiting || submit.isPending;

  const goOn = () => {
    if (isHeld) return document.getElementById(reasonId)?.focus();
    if (!next) return submit.submit();
    update({ step: next });
    void flush();
    goToStep(draft.id, next);
  };
  return (
    <div className={styles.next}>
      <SaveLine save={save} />
      <div className={styles.nextRight}>
        <p id={reasonId} className={styles.reason} role="status" tabIndex={-1}>
          {submit.message ?? reasons[0] ?? (isWaiting ? 'Working out the numbers' : '')}
          {reasons.length > 1 && ` (and ${reasons.length - 1} more)`}
        </p>
        <Button
          size="md"
          onClick={goOn}
          aria-disabled={isHeld || undefined}
          data-disabled={isHeld || undefined}
          aria-describedby={reasonId}
          loading={submit.isPending}
          rightSection={<IconArrowRight size={17} stroke={2} aria-hidden />}
        >
          {stepTexts[step].next}
        </Button>
      </div>
    </div>
  );
}
