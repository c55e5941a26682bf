'use client';
import type { AnchorHTMLAttributes } from 'react';
import type { StepId } from './steps';
import { pushPath } from './use-location-path';

export const stepPath = (draftId: string, step: StepId) => `/drafts/${draftId}/${step}`;

/** To a step without asking the server: the wizard holds all of them, and the address follows. */
export function goToStep(draftId: string, step: StepId): void {
  pushPath(stepPath(draftId, step));
  window.scrollTo({ top: 0 });
}

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  draftId: string;
  step: StepId;
}

/** A link to a step; a true one, so that it opens in a new tab as well. */
export function StepLink({ draftId, step, children, ...others }: Props) {
  return (
    <a
      href={stepPath(draftId, step)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        goToStep(draftId, step);
      }}
      {...others}
    >
      {children}
    </a>
  );
}
