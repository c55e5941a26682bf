'use client';
import { useEffect, useRef } from 'react';
import { RerunNotice } from './RerunNotice';
import { type StepId, stepTexts } from './steps';
import styles from './wizard.module.css';

/** Which step's heading was last on screen: a change of step moves the focus, a first visit leaves it alone. */
let lastShown: StepId | null = null;

export function StepHeading({ step }: { step: StepId }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (lastShown !== null && lastShown !== step) heading.current?.focus({ preventScroll: true });
    lastShown = step;
  }, [step]);
  useEffect(
    () => () => {
      // Leaving the wizard for another page starts over.
      setTimeout(() => {
        if (!document.querySelector('[data-step-heading]')) lastShown = null;
      });
    },
    [],
  );
  return (
    <>
      <header className={styles.heading}>
        <h1 ref={heading} tabIndex={-1} data-step-heading>
          {stepTexts[step].title}
        </h1>
        <p className="soft prose">{stepTexts[step].lead}</p>
      </header>
      <RerunNotice />
    </>
  );
}
