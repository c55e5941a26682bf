'use client';
import { Checkbox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import Link from 'next/link';
import { useMemo } from 'react';
import styles from '../compare/compare.module.css';
import { Empty } from '../components/Empty';
import { Notice } from '../components/Notice';
import { Formula, WithUnits } from '../components/Typeset';
import { useSearchState } from '../components/use-search-state';
import { counted } from '../format/number';
import { ComparedDos } from './ComparedDos';
import { runsAddress } from './run-address';
import { type ComparedRun, type RunSection, runSections } from './run-rows';

interface Props {
  runs: ComparedRun[];
  /** How many of the address are not there. */
  missing: number;
}

/** Calculations beside each other: results, then settings; what differs is marked. */
export function CompareRunsPage({ runs, missing }: Props) {
  const [only, setOnly] = useSearchState('only', ['all', 'different'], 'all');
  const sections = useMemo(() => runSections(runs), [runs]);
  const differing = sections.flatMap(({ rows }) => rows.filter(({ differs }) => differs)).length;
  const shown = sections
    .map(({ title, rows }) => ({ title, rows: only === 'different' ? rows.filter(({ differs }) => differs) : rows }))
    .filter(({ rows }) => rows.length > 0);
  const drawn = useMemo(
    () =>
      runs.flatMap(({ calculation, atoms, results: { dos } }) =>
        dos ? [{ name: calculation.label, dos, atoms }] : [],
      ),
    [runs],
  );
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <p className="soft">
            <Link href="/calculations">Calculations</Link>
          </p>
          <h1>Compare calculations</h1>
          <p className="faint">
            {runs.length === 0
              ? 'Nothing yet'
              : `${counted(runs.length, 'calculation')}, ${counted(differing, 'row differs', 'rows differ')}`}
          </p>
        </div>
        {runs.length > 0 && (
          <Checkbox
            label="Only what differs"
            checked={only === 'different'}
            onChange={(event) => setOnly(event.currentTarget.checked ? 'different' : 'all')}
          />
        )}
      </header>
      {missing > 0 && (
        <Notice tone="warn">
          {counted(missing, 'calculation')} of this address {missing === 1 ? 'is' : 'are'} not there: deleted, or of
          another project.
        </Notice>
      )}
      {runs.length === 0 ? (
        <Empty title="No calculation to compare">
          <p>
            Pick two or more in the list of <Link href="/calculations">calculations</Link>, then choose <em>Compare</em>
            .
          </p>
        </Empty>
      ) : (
        <>
          <RunsTable runs={runs} sections={shown} />
          {drawn.length > 0 && (
            <div className={styles.plot}>
              <ComparedDos drawn={drawn} />
            </div>
          )}
        </>
      )}
    </div>
  );
}

function RunsTable({ runs, sections }: { runs: ComparedRun[]; sections: RunSection[] }) {
  const ids = runs.map(({ calculation }) => calculation.id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach.
    <section className={styles.scroll} aria-label="Comparison" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {runs.map(({ calculation: { id, label, formula } }) => (
              <th key={id} scope="col">
                <Link href={`/calculations/${id}`}>{label}</Link>
                <span className={styles.key}>
                  <Formula of={formula} />
                </span>
                <Link
                  className={styles.remove}
                  href={runsAddress(ids.filter((one) => one !== id))}
                  aria-label={`Take ${label} out of the comparison`}
                >
                  <IconX size={15} aria-hidden />
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        {sections.map(({ title, rows }) => (
          <tbody key={title}>
            <tr className={styles.section}>
              <th scope="rowgroup" colSpan={runs.length + 1}>
                {title}
              </th>
            </tr>
            {rows.map(({ name, cells, differs }) => (
              <tr key={name} data-differs={differs || undefined}>
                <th scope="row">
                  <WithUnits text={name} />
                  {differs && (
                    <span className={styles.mark}>
                      {' '}
                      ≠<span className="visually-hidden"> differs</span>
                    </span>
                  )}
                </th>
                {cells.map(({ text, detail, change }, i) => (
                  <td key={ids[i]}>
                    <WithUnits text={text} />
                    {change && <span className={styles.change}>{change}</span>}
                    {detail && <span className={styles.note}>{detail}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
