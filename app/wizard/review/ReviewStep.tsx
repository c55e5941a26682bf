'use client';
import { Checkbox, Textarea } from '@mantine/core';
import { AsNotebook } from '../../components/AsNotebook';
import { Notice } from '../../components/Notice';
import { useWizard } from '../draft-context';
import { StepHeading } from '../StepHeading';
import { EspressoInputs } from './EspressoInputs';
import { ReviewSections } from './ReviewSections';
import styles from './review-step.module.css';
import { StartAfter } from './StartAfter';

const LABEL_MAX = 200;

/** Step 4: everything that will be used, each with the way back; the label; and Submit below. */
export function ReviewStep() {
  const { draft, resolved, update, flush } = useWizard();
  const label = draft.data.label ?? resolved?.automaticLabel ?? '';
  const isTooLong = label.trim().length > LABEL_MAX;
  return (
    <>
      <StepHeading step="review" />
      <div className={styles.sections}>
        {resolved?.blockers.map(({ code, message }) => (
          <Notice key={code + message} tone="bad">
            {message}
          </Notice>
        ))}
        <Textarea
          label="Label"
          description={
            draft.data.label === null
              ? 'Made from your choices; change it as you like.'
              : 'Empty it to have it made from your choices.'
          }
          autosize
          minRows={1}
          maxRows={6}
          value={label}
          error={
            isTooLong
              ? `${label.trim().length} characters; a label holds ${LABEL_MAX} at most. The rest belongs into a note of yours.`
              : null
          }
          onChange={(event) => {
            const text = event.currentTarget.value.replaceAll('\n', ' ');
            update({ label: text.trim() === '' ? null : text });
          }}
        />
        {resolved && <ReviewSections draft={draft} resolved={resolved} />}
        {draft.data.engine === 'espresso' && <EspressoInputs />}
        {resolved && resolved.notes.length > 0 && (
          <section aria-labelledby="notes-title">
            <h2 id="notes-title">Chosen by rule</h2>
            <ul className={styles.notes}>
              {resolved.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </section>
        )}
        {draft.data.structureId && (
          <div>
            <AsNotebook kind="draft" id={draft.id} before={flush} />
          </div>
        )}
        <StartAfter />
        <Checkbox
          label="Take over finished jobs that are exactly the same"
          description="Only converged ones of this project; the provenance says so."
          checked={draft.data.useCache}
          onChange={(event) => update({ useCache: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}
