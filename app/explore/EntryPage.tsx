'use client';
import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { EntryDetail, EntryMaking, Hull } from '@/server/schemas/datasets';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { Formula, SpaceGroup } from '../components/Typeset';
import { counted } from '../format/number';
import { StructureView } from '../structure/StructureView';
import { EntryProperties } from './EntryProperties';
import styles from './entry.module.css';
import { HowMade } from './HowMade';
import { HullPanel } from './HullPanel';

interface Props {
  entry: EntryDetail;
  hull: Hull | null;
  /** Null of what others computed. */
  making: EntryMaking | null;
}

/** One material of a dataset: its structure, its values and where they come from, its kin, and the way to compute with it. */
export function EntryPage({ entry, hull, making }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const { dataset, key, structure, properties, related, references } = entry;
  const compute = useMutation(
    trpc.datasets.takeStructure.mutationOptions({ onSuccess: ({ id }) => router.push(`/new?structure=${id}`) }),
  );
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className={styles.crumb}>
            <Link href="/explore">Explore</Link> / <Link href={`/explore/${dataset.slug}`}>{dataset.title}</Link>
          </p>
          <h1>
            <Formula of={structure.formula} />
            {structure.symmetry && (
              <span className={styles.group}>
                <SpaceGroup symbol={structure.symmetry.spaceGroupSymbol} />
              </span>
            )}
          </h1>
          <p className="faint">
            {key}, {counted(structure.sites, 'atom')} in the cell
          </p>
        </div>
        <Button
          loading={compute.isPending}
          onClick={() => compute.mutate({ slug: dataset.slug, key })}
          rightSection={<IconArrowRight size={17} stroke={2} aria-hidden />}
        >
          Compute with it here
        </Button>
      </header>
      {compute.error && (
        <Notice tone="bad" role="alert">
          {messageOf(compute.error)}
        </Notice>
      )}
      <StructureView structure={structure} />
      <div className={styles.below}>
        <div>
          <EntryProperties properties={properties} slug={dataset.slug} />
          {hull && <HullPanel hull={hull} slug={dataset.slug} />}
          {making && <HowMade making={making} entryKey={key} />}
        </div>
        <section aria-labelledby="source-title">
          <h2 id="source-title">Source</h2>
          <dl className={styles.source}>
            <dt>Dataset</dt>
            <dd>
              {dataset.title}
              {dataset.version && `, version ${dataset.version}`}
            </dd>
            <dt>Licence</dt>
            <dd>{dataset.licence || 'not stated'}</dd>
            <dt>Citation</dt>
            <dd>{dataset.citation || 'not stated'}</dd>
            {references.map(({ key: id, attributes }) => (
              <Reference key={id} id={id} attributes={attributes} />
            ))}
            <dt>For programs</dt>
            <dd>
              <a href={`/optimade/${dataset.slug}/v1/structures/${encodeURIComponent(key)}`}>OPTIMADE entry</a>
            </dd>
          </dl>
          {related.length > 0 && (
            <>
              <h2 className={styles.relatedTitle}>Of the same composition</h2>
              <ul className={styles.related}>
                {related.map((other) => (
                  <li key={`${other.slug}/${other.key}`}>
                    <Link href={`/explore/${other.slug}/${encodeURIComponent(other.key)}`}>{other.key}</Link>
                    <span className="faint">
                      {other.datasetTitle}, {counted(other.sites, 'atom')}
                      {other.spaceGroupNumber && `, space group ${other.spaceGroupNumber}`}
                      {other.isSame && ', the same to the last digit'}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function Reference({ id, attributes }: { id: string; attributes: Record<string, unknown> }) {
  const text = (name: string) => (typeof attributes[name] === 'string' ? (attributes[name] as string) : null);
  const doi = text('doi');
  const line = [text('title'), text('journal'), text('year')].filter((part) => part !== null).join(', ');
  return (
    <>
      <dt>Reference</dt>
      <dd>
        {line || id}
        {doi && (
          <>
            {', '}
            <a href={`https://doi.org/${encodeURI(doi)}`} rel="noreferrer">
              {doi}
            </a>
          </>
        )}
      </dd>
    </>
  );
}
