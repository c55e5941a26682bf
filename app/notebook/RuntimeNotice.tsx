'use client';
import { Notice } from '../components/Notice';
import { useNotebook } from './use-notebook';

/** Why the kernel is not there, where something went wrong with it. */
export function RuntimeNotice() {
  const message = useNotebook(({ runtime }) => runtime.message);
  const isDead = useNotebook(({ runtime }) => runtime.state === 'died');
  if (!message) return null;
  return (
    <Notice tone={isDead ? 'bad' : 'warn'} role="status">
      {message} {isDead && 'The next cell that runs starts another.'}
    </Notice>
  );
}
