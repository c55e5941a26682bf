'use client';
import Link from 'next/link';
import { writtenFormula } from '@/kernels/crystal/formula';
import type { BareEntry } from '@/server/schemas/datasets';
import { Notice } from '../components/Notice';
import { Formula } from '../components/Typeset';
import { DatasetFacts } from './DatasetFacts';
import { EntryProperties } from './EntryProperties';
import styles from './entry.module.css';

/** A material that came as a row of an index, without its structure: its values, and where else it may be found. */
export function BareEntryPage({ entry }: { entry: BareEntry }) {
  const { dataset, key, formula, properties, related } = entry;
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className={styles.crumb}>
            <Link href="/explore">Explore</Link> / <Link href={`/explore/${dataset.slug}`}>{dataset.title}</Link>
          </p>
          <h1>
            <Formula of={writtenFormula(formula)} />
          </h1>
          <p className="faint">{key}</p>
        </div>
      </header>
      <Notice tone="calm">
        This database is an index: it gives no structure for this material, only its values.
        {related.length > 0 && ' Materials of the same composition are below.'}
      </Notice>
      <div className={styles.below}>
        <EntryProperties properties={properties} slug={dataset.slug} />
        <section aria-labelledby="source-title">
          <h2 id="source-title">Source</h2>
          <dl className={styles.source}>
            <DatasetFacts dataset={dataset} />
          </dl>
          {related.length > 0 && (
            <>
              <h2 className={styles.relatedTitle}>Of the same composition</h2>
              <ul className={styles.related}>
                {related.map((other) => (
                  <li key={`${other.slug}/${other.key}`}>
                    <Link href={`/explore/${other.slug}/${encodeURIComponent(other.key)}`}>{other.key}</Link>
                    <span className="faint">{other.datasetTitle}</span>
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
