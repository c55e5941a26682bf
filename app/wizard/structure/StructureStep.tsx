'use client';
import type { ReactNode } from 'react';
import { useWizard } from '../draft-context';
import { StepHeading } from '../StepHeading';
import { ChosenStructure } from './ChosenStructure';
import { Sources } from './Sources';
import styles from './structure-step.module.css';

/** Step 1. `pictures` are of the examples, by id, drawn on the server. */
export function StructureStep({ pictures }: { pictures: Record<string, ReactNode> }) {
  const { structure } = useWizard();
  return (
    <>
      <StepHeading step="structure" />
      <div className={styles.parts}>
        {structure && <ChosenStructure structure={structure} />}
        <section aria-labelledby="sources-title">
          <h2 id="sources-title" className={structure ? undefined : 'visually-hidden'}>
            {structure ? 'Take another' : 'Where it comes from'}
          </h2>
          <Sources pictures={pictures} />
        </section>
      </div>
    </>
  );
}
