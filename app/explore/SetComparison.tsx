'use client';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SetComparison as Comparison, ResultSetDetail } from '@/server/schemas/result-sets';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { counted, NOT_COMPUTED, plain } from '../format/number';
import styles from './set.module.css';

/** What the query of a frozen result finds today, asked for by a button: it takes a moment where the result is large. */
export function SetComparison({ set: { id, dataset } }: { set: ResultSetDetail }) {
  const trpc = useTRPC();
  const compare = useQuery({ ...trpc.resultSets.compare.queryOptions({ id }), enabled: false, retry: false });
  if (!dataset.isThere)
    return (
      <Notice tone="calm">
        The database {dataset.title} is not here any more. What was found in it stays as it is below.
      </Notice>
    );
  return (
    <section aria-label="Compared with today" className={styles.compare}>
      <Button variant="default" onClick={() => void compare.refetch()} loading={compare.isFetching}>
        Compare with today
      </Button>
      <div role="status">
        {compare.error && <Notice tone="bad">{messageOf(compare.error)}</Notice>}
        {compare.data && <Verdict of={compare.data} before={dataset} />}
      </div>
    </section>
  );
}

function Verdict({ of: found, before }: { of: Comparison; before: ResultSetDetail['dataset'] }) {
  const { isSame, isReordered, added, gone, changed, revision, version } = found;
  const since = `version ${before.version}, revision ${before.revision}; today version ${version}, revision ${revision}`;
  if (isSame) return <Notice tone="calm">The query finds the same today, to the last digit ({since}).</Notice>;
  if (isReordered) return <Notice tone="calm">The query finds the same entries in another order ({since}).</Notice>;
  return (
    <>
      <Notice tone="warn">
        Today the query finds {counted(added.count, 'entry', 'entries')} more,{' '}
        {counted(gone.count, 'entry is', 'entries are')} gone, and {counted(changed.count, 'has', 'have')} other values
        ({since}).
      </Notice>
      <Keys title="Added" of={added} />
      <Keys title="Gone" of={gone} />
      {changed.count > 0 && <Changes of={changed} />}
    </>
  );
}

function Keys({ title, of: { count, keys } }: { title: string; of: { count: number; keys: string[] } }) {
  if (count === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <p className={styles.keys}>
        {keys.join(', ')}
        {count > keys.length && `, and ${counted(count - keys.length, 'other', 'others')}`}
      </p>
    </>
  );
}

function Changes({ of: { count, entries } }: { of: Comparison['changed'] }) {
  return (
    <>
      <h3>Changed</h3>
      <section
        className={styles.scroll}
        aria-label="Values that changed"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll it.
        tabIndex={0}
      >
        <table className={styles.changes}>
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Property</th>
              <th scope="col">Frozen</th>
              <th scope="col">Today</th>
            </tr>
          </thead>
          <tbody>
            {entries.flatMap(({ key, changes }) =>
              changes.map(({ name, before, now }) => (
                <tr key={`${key} ${name}`}>
                  <th scope="row">{key}</th>
                  <td>{name}</td>
                  <td>{textOf(before)}</td>
                  <td>{textOf(now)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
      {count > entries.length && <p className="faint">and {counted(count - entries.length, 'other', 'others')}</p>}
    </>
  );
}

function textOf(value: unknown): string {
  if (value === null) return NOT_COMPUTED;
  if (typeof value === 'number') return plain(value, 10);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
