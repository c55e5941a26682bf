'use client';
import { Button } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { writtenFormula } from '@/kernels/crystal/formula';
import { type CurationReport, type RejectionReason, rejectionReasons } from '@/server/schemas/curation';
import { messageOf, useTRPC } from '../../../_trpc/client';
import { ButtonLink } from '../../../components/ButtonLink';
import { CopyValue } from '../../../components/CopyValue';
import { Notice } from '../../../components/Notice';
import { Formula } from '../../../components/Typeset';
import { counted, count as countText } from '../../../format/number';
import entryStyles from '../../entry.module.css';
import { ImportState, isInWork } from '../../ImportState';
import styles from '../curate.module.css';

const LOOK_AGAIN_MS = 1_000;
const PAGE = 100;

/** How raw entries became the crystals of a database: the funnel, why entries were left out, and what differs from the run before. */
export function CurationPage({ slug }: { slug: string }) {
  const trpc = useTRPC();
  const { data: dataset } = useSuspenseQuery({
    ...trpc.datasets.get.queryOptions({ slug }),
    refetchInterval: ({ state }) => (state.data && isInWork(state.data) ? LOOK_AGAIN_MS : false),
  });
  const { data: report } = useSuspenseQuery({
    ...trpc.datasets.curation.queryOptions({ slug }),
    refetchInterval: ({ state }) =>
      state.data?.step === 'done' || dataset.state !== 'importing' ? false : LOOK_AGAIN_MS,
  });
  const { sources, rejected, keptSha256 } = report;
  const again = new URLSearchParams([...sources.map((source) => ['from', source.slug]), ['again', slug]]);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className={entryStyles.crumb}>
            <Link href={`/explore/${slug}`}>{dataset.title}</Link>
          </p>
          <h1>How it was curated</h1>
          <p className="faint">
            From {sources.map(({ title, revision }) => `${title} (revision ${revision})`).join(', ')}
          </p>
        </div>
        <ButtonLink variant="default" href={`/explore/curate?${again}`}>
          Curate again
        </ButtonLink>
      </header>
      <ImportState dataset={dataset} />
      <Funnel report={report} />
      {report.since && <Since report={report} />}
      <section aria-labelledby="rejected-title" className={styles.reasons}>
        <h2 id="rejected-title">Left out</h2>
        {rejected.length === 0 && <p className="soft">Nothing was left out.</p>}
        {rejected.map(({ reason, count }) => (
          <Rejected key={reason} {...{ slug, reason: reason as RejectionReason, count }} />
        ))}
      </section>
      {keptSha256 && (
        <p className="faint">
          SHA-256 of what was kept:{' '}
          <CopyValue value={keptSha256} name="the hash">
            <code>{keptSha256.slice(0, 16)}…</code>
          </CopyValue>
        </p>
      )}
    </div>
  );
}

/** From the raw entries down to the unique crystals, each step as a bar. */
function Funnel({ report: { total, examined, passed, groups, families, step } }: { report: CurationReport }) {
  const isMatched = step === 'write' || step === 'done';
  const steps: [name: string, count: number, why: string][] = [
    ['Raw entries', total, examined < total ? `${countText(examined)} looked at so far` : ''],
    ['Sound crystals', passed, 'ordered, whole, with atoms apart from each other, in their primitive cells'],
    ['Compositions with a space group', groups, 'within each of which all are compared'],
    ...(isMatched
      ? ([['Unique crystals', families, 'whatever the cell, the origin, the axes and the scale of the file']] as [
          string,
          number,
          string,
        ][])
      : []),
  ];
  return (
    <ol className={styles.funnel} aria-label="From raw entries to unique crystals">
      {steps.map(([name, count, why]) => (
        <li key={name} className={styles.step}>
          <span>{name}</span>
          <span aria-hidden className={styles.bar} style={{ width: `${total === 0 ? 0 : (100 * count) / total}%` }} />
          <span className={styles.number}>{countText(count)}</span>
          {why && <p className={styles.why}>{why}</p>}
        </li>
      ))}
    </ol>
  );
}

function Since({ report: { since } }: { report: CurationReport }) {
  const { came, went } = since!;
  if (came.count + went.count === 0) return <Notice tone="calm">The same as the run before, entry by entry.</Notice>;
  return (
    <Notice tone="warn">
      Against the run before {counted(came.count, 'crystal', 'crystals')} came and{' '}
      {counted(went.count, 'crystal', 'crystals')} went.
    </Notice>
  );
}

/** The entries that were left out for one reason; asked for when it is opened. */
function Rejected({ slug, reason, count }: { slug: string; reason: RejectionReason; count: number }) {
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    ...trpc.datasets.rejections.infiniteQueryOptions(
      { slug, reason, limit: PAGE },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
    enabled: isOpen,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {rejectionReasons[reason]}: {counted(count, 'entry', 'entries')}
      </summary>
      {error && <Notice tone="bad">{messageOf(error)}</Notice>}
      <table aria-label={rejectionReasons[reason]}>
        <tbody>
          {data?.pages
            .flatMap(({ items }) => items)
            .map((one) => (
              <tr key={one.position}>
                <th scope="row">
                  <Link href={`/explore/${one.slug}/${encodeURIComponent(one.key)}`} prefetch={false}>
                    {one.key}
                  </Link>
                </th>
                <td>
                  <Formula of={writtenFormula(one.formula)} />
                </td>
                <td>{one.detail}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button variant="default" size="compact-sm" loading={isFetching} onClick={() => void fetchNextPage()}>
          More
        </Button>
      )}
    </details>
  );
}
