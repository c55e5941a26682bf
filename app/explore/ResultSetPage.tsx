'use client';
import { Button } from '@mantine/core';
import { useDisclosure, useMounted } from '@mantine/hooks';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ResultSetDetail } from '@/server/schemas/result-sets';
import { useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { CopyValue } from '../components/CopyValue';
import { Formula } from '../components/Typeset';
import { counted } from '../format/number';
import entryStyles from './entry.module.css';
import { SetComparison } from './SetComparison';
import styles from './set.module.css';

/** What a query found at one moment: how it is cited, its entries, and what its query finds today. */
export function ResultSetPage({ set }: { set: ResultSetDetail }) {
  const { id, name, dataset, search, entryCount, sha256, createdAt, first } = set;
  // The server does not know by which name it was reached.
  const address = `${useMounted() ? window.location.origin : ''}/explore/sets/${id}`;
  const query = `/explore/${dataset.slug}${search && `?${search}`}`;
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className={entryStyles.crumb}>
            <Link href="/explore">Explore</Link>
          </p>
          <h1>{name}</h1>
          <p className="faint">
            A frozen result: {counted(entryCount, 'entry', 'entries')} of {dataset.title}, <Ago at={createdAt} />
          </p>
        </div>
        <div className={styles.tools}>
          <Button
            component="a"
            variant="default"
            href={`/api/datasets/sets/${id}`}
            download
            leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />}
          >
            Download
          </Button>
          <RemoveSet set={set} />
        </div>
      </header>
      <SetComparison set={set} />
      <div className={styles.both}>
        <section aria-labelledby="entries-title">
          <h2 id="entries-title">Entries</h2>
          <ol className={styles.entries}>
            {first.map(({ key, formula }) => (
              <li key={key}>
                {dataset.isThere ? (
                  <Link href={`/explore/${dataset.slug}/${encodeURIComponent(key)}`} prefetch={false}>
                    {key}
                  </Link>
                ) : (
                  key
                )}{' '}
                <span className="faint">
                  <Formula of={formula} />
                </span>
              </li>
            ))}
          </ol>
          {entryCount > first.length && (
            <p className="faint">and {counted(entryCount - first.length, 'other', 'others')}, all in the download</p>
          )}
        </section>
        <section aria-labelledby="cite-title">
          <h2 id="cite-title">To cite it</h2>
          <dl className={entryStyles.source}>
            <dt>Database</dt>
            <dd>
              {dataset.title}, version {dataset.version || 'not stated'}, revision {dataset.revision}
            </dd>
            <dt>Query</dt>
            <dd>{dataset.isThere ? <Link href={query}>{search || 'all entries'}</Link> : search || 'all entries'}</dd>
            <dt>SHA-256</dt>
            <dd>
              <CopyValue value={sha256} name="the hash">
                <code className={styles.hash}>{sha256}</code>
              </CopyValue>
            </dd>
            <dt>Address</dt>
            <dd>
              <CopyValue value={address} name="the address">
                <code className={styles.hash}>{address}</code>
              </CopyValue>
            </dd>
            <dt>Licence</dt>
            <dd>{dataset.licence || 'not stated'}</dd>
            <dt>Citation</dt>
            <dd>{dataset.citation || 'not stated'}</dd>
          </dl>
          <p className={styles.copy}>
            <CopyValue value={citationOf(set, address)} name="the citation">
              Copy all of it as text
            </CopyValue>
          </p>
          <p className="faint">The SHA-256 is that of the download: keys with their values, in order.</p>
        </section>
      </div>
    </div>
  );
}

const citationOf = ({ name, dataset, entryCount, sha256, createdAt }: ResultSetDetail, address: string): string =>
  [
    `“${name}”: ${entryCount} entries of ${dataset.title}, version ${dataset.version}, revision ${dataset.revision}`,
    `frozen on ${createdAt.toISOString().slice(0, 10)}`,
    `SHA-256 ${sha256}`,
    address,
    ...(dataset.citation ? [dataset.citation] : []),
  ].join('; ');

function RemoveSet({ set: { id, name } }: { set: ResultSetDetail }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [isOpen, { open, close }] = useDisclosure(false);
  const remove = useMutation(trpc.resultSets.remove.mutationOptions({ onSuccess: () => router.push('/explore') }));
  return (
    <>
      <Button variant="default" onClick={open} leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />}>
        Remove
      </Button>
      <ConfirmDialog
        {...{ isOpen, onClose: close, title: `Remove ${name}?`, no: 'Keep it', yes: 'Remove it' }}
        act={{ ...remove, mutate: () => remove.mutate({ id }) }}
      >
        Its address leads nowhere afterwards. Where it is cited, keep the download.
      </ConfirmDialog>
    </>
  );
}
