'use client';
import Link from 'next/link';
import { type ReactNode, use } from 'react';
import type { Kin, KinEntry, RelatedEntry } from '@/server/schemas/datasets';
import { compareAddress } from '../compare/compare-address';
import { Formula } from '../components/Typeset';
import { counted, fixed } from '../format/number';
import styles from './entry.module.css';

interface Props {
  kin: Promise<Kin>;
  own: { slug: string; key: string };
  /** Of the same composition, whether they are the same crystal or not. */
  related: RelatedEntry[];
}

/** Shares of the cell's size that say nothing. */
const SAME_SIZE = 5e-4;

/** The same crystal elsewhere, crystals of its prototype, and what looks like it. */
export function KinPanel({ kin, own, related }: Props) {
  const { duplicates, uncompared, ofPrototype, similar, progress } = use(kin);
  const equal = new Set(duplicates.map(({ slug, key }) => `${slug}/${key}`));
  const others = related.filter(({ slug, key }) => !equal.has(`${slug}/${key}`));
  const isPartial = progress.done < progress.total;
  return (
    <>
      {(duplicates.length > 0 || uncompared > 0) && (
        <KinList title="The same crystal" entries={duplicates} own={own}>
          {({ rms, scale }) =>
            `${Math.abs(scale - 1) < SAME_SIZE ? 'as large' : `lengths ${fixed(100 * Math.abs(scale - 1), 1)} % ${scale > 1 ? 'larger' : 'smaller'}`}, atoms ${fixed(rms, 3)} apart`
          }
        </KinList>
      )}
      {duplicates.length > 0 && (
        <p className={styles.kinNote}>
          Equal up to origin, cell, rotation and scale; distances between atoms are root mean squares in units of (V/N)
          <sup>1/3</sup>.
        </p>
      )}
      {uncompared > 0 && (
        <p className={styles.kinNote}>
          {counted(uncompared, 'entry', 'entries')} of this composition would have taken too long to compare.
        </p>
      )}
      {ofPrototype && (
        <KinList title={`Of its prototype (${ofPrototype.pearson})`} entries={ofPrototype.entries} own={own}>
          {() => null}
        </KinList>
      )}
      {ofPrototype && (
        <p className={styles.kinNote}>
          {ofPrototype.count > ofPrototype.entries.length
            ? `The first ${ofPrototype.entries.length} of ${counted(ofPrototype.count, 'entry', 'entries')}`
            : counted(ofPrototype.count, 'entry', 'entries')}{' '}
          with this type of formula, space group and occupied positions.
        </p>
      )}
      {similar.length > 0 && (
        <>
          <KinList title="Alike, whatever the elements" entries={similar} own={own}>
            {({ distance }) => `distance ${fixed(distance, 4)}`}
          </KinList>
          <p className={styles.kinNote}>
            Half of one less the cosine of both fingerprints of neighbours: 0 for equal arrangements of atoms.
          </p>
        </>
      )}
      {others.length > 0 && (
        <KinList title="Of the same composition" entries={others} own={own}>
          {({ spaceGroupNumber, isSame }) =>
            isSame ? 'the same to the last digit' : spaceGroupNumber && `space group ${spaceGroupNumber}`
          }
        </KinList>
      )}
      {isPartial && (
        <p className={styles.kinNote} role="status">
          {counted(progress.done, 'entry', 'entries')} of {counted(progress.total, 'entry', 'entries')} are described
          yet; more may be found in a minute.
        </p>
      )}
    </>
  );
}

interface ListProps<Entry extends KinEntry> {
  title: string;
  entries: readonly Entry[];
  own: Props['own'];
  children: (entry: Entry) => ReactNode;
}

function KinList<Entry extends KinEntry>({ title, entries, own, children }: ListProps<Entry>) {
  return (
    <>
      <h2 className={styles.relatedTitle}>{title}</h2>
      {entries.length > 0 && (
        <ul className={styles.related}>
          {entries.map((entry) => {
            const more = children(entry);
            return (
              <li key={`${entry.slug}/${entry.key}`}>
                <Link href={`/explore/${entry.slug}/${encodeURIComponent(entry.key)}`} prefetch={false}>
                  <Formula of={entry.formula} />
                </Link>
                <span className="faint">
                  {entry.key}
                  {entry.slug !== own.slug && `, ${entry.datasetTitle}`}, {counted(entry.sites, 'atom')}
                  {more && <>, {more}</>}
                </span>
                <Link
                  className={styles.compare}
                  href={compareAddress([own, { slug: entry.slug, key: entry.key }])}
                  prefetch={false}
                  aria-label={`Compare with ${entry.key}`}
                >
                  compare
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
