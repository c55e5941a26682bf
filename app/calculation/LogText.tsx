'use client';
import { useQuery } from '@tanstack/react-query';
import { messageOf, useTRPC } from '../_trpc/client';
import styles from './calculation.module.css';

/** What the jobs wrote to their standard streams. */
export function LogText({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.calculations.log.queryOptions({ id }));
  if (error) return <p className="soft">{messageOf(error)}</p>;
  const written = data?.filter(({ stdout, stderr }) => stdout || stderr) ?? [];
  if (data && written.length === 0) return <p className="soft">The jobs wrote nothing.</p>;
  return written.map(({ processId, process, stdout, stderr, isTruncated }) => (
    <section key={processId} aria-label={`Log of ${process}`} className={styles.log}>
      <h3 className="mono">{process}</h3>
      {isTruncated && <p className="faint">Only the end is shown; the file has all.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach. */}
      <pre tabIndex={0}>{[stderr, stdout].filter(Boolean).join('\n')}</pre>
    </section>
  ));
}
