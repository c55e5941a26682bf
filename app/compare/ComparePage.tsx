'use client';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { writtenFormula } from '@/kernels/crystal/formula';
import { type BareEntry, COMPARED_MAX, type EntryDetail } from '@/server/schemas/datasets';
import { Empty } from '../components/Empty';
import { Notice } from '../components/Notice';
import { Formula, WithUnits } from '../components/Typeset';
import { useSearchState } from '../components/use-search-state';
import { counted } from '../format/number';
import { ComparedPatterns } from './ComparedPatterns';
import styles from './compare.module.css';
import { compareAddress, type EntryName } from './compare-address';
import { type CompareRow, compareRows } from './compare-rows';

interface Props {
  entries: (EntryDetail | BareEntry)[];
  /** Named in the address, but not there. */
  missing: EntryName[];
}

/** Up to six materials beside each other; what differs is marked. */
export function ComparePage({ entries, missing }: Props) {
  const [only, setOnly] = useSearchState('only', ['all', 'different'], 'all');
  const names = entries.map(({ dataset, key }) => ({ slug: dataset.slug, key }));
  const all = compareRows(entries);
  const rows = all.filter(({ cells }) => cells.some(({ isKnown }) => isKnown));
  const unknown = all.filter((row) => !rows.includes(row)).map(({ title }) => title);
  const shown = only === 'different' ? rows.filter(({ differs }) => differs) : rows;
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className="soft">
            <Link href="/explore">Explore</Link>
          </p>
          <h1>Compare</h1>
          <p className="faint">
            {entries.length === 0
              ? 'Nothing yet'
              : `${counted(entries.length, 'material')}, ${counted(rows.filter(({ differs }) => differs).length, 'row differs', 'rows differ')}`}
          </p>
        </div>
        {entries.length > 0 && (
          <Checkbox
            label="Only what differs"
            checked={only === 'different'}
            onChange={(event) => setOnly(event.currentTarget.checked ? 'different' : 'all')}
          />
        )}
      </header>
      {missing.length > 0 && (
        <Notice tone="warn">
          Not found: {missing.map(({ slug, key }) => `${key} of ${slug}`).join(', ')}. It may have been removed, or
          belong to another project.
        </Notice>
      )}
      {entries.length === 0 ? (
        <Empty title="No material to compare">
          <p>
            Mark entries in the table of a dataset and choose <em>Compare</em>, or begin at the page of one material.
          </p>
        </Empty>
      ) : (
        <>
          <CompareTable entries={entries} names={names} rows={shown} />
          {unknown.length > 0 && <p className={styles.unknown}>Not computed for any of them: {unknown.join(', ')}.</p>}
          {entries.length < COMPARED_MAX && <AddEntry names={names} />}
          <ComparedPatterns entries={entries.flatMap((entry) => (entry.structure === null ? [] : entry))} />
        </>
      )}
    </div>
  );
}

function CompareTable({
  entries,
  names,
  rows,
}: {
  entries: (EntryDetail | BareEntry)[];
  names: EntryName[];
  rows: CompareRow[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach.
    <section className={styles.scroll} aria-label="Comparison" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {entries.map(({ dataset, key, structure, formula }, i) => (
              <th key={`${dataset.slug}/${key}`} scope="col">
                <Link href={`/explore/${dataset.slug}/${encodeURIComponent(key)}`}>
                  <Formula of={structure?.formula ?? writtenFormula(formula)} />
                </Link>
                <span className={styles.key}>{key}</span>
                <Link
                  className={styles.remove}
                  href={compareAddress(names.filter((_, j) => j !== i))}
                  aria-label={`Take ${key} out of the comparison`}
                >
                  <IconX size={15} aria-hidden />
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, title, unit, cells, differs, note }) => (
            <tr key={name} data-differs={differs || undefined}>
              <th scope="row">
                <WithUnits text={unit ? `${title} (${unit})` : title} />
                {differs && (
                  <span className={styles.mark}>
                    {' '}
                    ≠<span className="visually-hidden"> differs</span>
                  </span>
                )}
                {note && <span className={styles.note}>{note}</span>}
              </th>
              {cells.map(({ text, change, isKnown }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                <td key={i} data-absent={!isKnown || undefined}>
                  {text}
                  {change && <span className={styles.change}>{change}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AddEntry({ names }: { names: EntryName[] }) {
  const router = useRouter();
  const { slug } = names.at(-1)!;
  const [key, setKey] = useState('');
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = key.trim();
        if (!wanted) return;
        router.push(compareAddress([...names, { slug, key: wanted }]));
        setKey('');
      }}
    >
      <TextInput
        size="xs"
        label={`Another entry of ${slug}`}
        placeholder="its id"
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" variant="default">
        Add
      </Button>
    </form>
  );
}
