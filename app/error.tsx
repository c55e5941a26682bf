'use client';
import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { ButtonLink } from './components/ButtonLink';
import { Empty } from './components/Empty';

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

/** A page that could not be made: most often the database or the web process is on its way up or down. */
export default function PageError({ error, reset }: Props) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <div className="page" role="alert">
      <h1>This page could not be made</h1>
      <Empty
        title="The platform did not give what the page needs"
        action={
          <span style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
            <Button onClick={again}>Try again</Button>
            <ButtonLink href="/" variant="default">
              Go home
            </ButtonLink>
          </span>
        }
      >
        It may be starting or stopping: look at the terminal where it runs. What you had saved is safe.
        {error.digest && (
          <>
            {' '}
            The log on the server tells more under <code>{error.digest}</code>.
          </>
        )}
      </Empty>
    </div>
  );
}
