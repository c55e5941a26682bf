'use client';
import { useMounted } from '@mantine/hooks';
import { absolute, when } from '../format/time';
import { useNow } from './use-now';

/** A moment: relative under a day, absolute above; the exact time in its title. */
export function Ago({ at }: { at: Date }) {
  const isMounted = useMounted();
  const now = useNow(30_000);
  // The server does not know the person's time zone.
  const exact = absolute(at, isMounted ? undefined : 'UTC');
  const isOld = now.getTime() - at.getTime() >= 86_400_000;
  return (
    <time dateTime={at.toISOString()} title={exact} suppressHydrationWarning>
      {isOld ? exact : when(at, now)}
    </time>
  );
}
