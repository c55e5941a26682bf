import { Group } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import Link from 'next/link';
import type { GraphItem } from '@/server/schemas/provenance';
import { Ago } from '../components/Ago';
import { ButtonLink } from '../components/ButtonLink';
import { Empty } from '../components/Empty';
import { Notice } from '../components/Notice';
import { StateBadge } from '../components/StateBadge';
import listStyles from '../lists/lists.module.css';
import { Pager } from '../lists/Pager';
import { ImportArchive } from './ImportArchive';
import { NodeTitle } from './NodeTitle';
import styles from './search.module.css';

/** Queries to begin with, each a sentence and its text. */
const examples = [
  ['Band gaps from 1 to 3 eV', 'kind:bands-result gap.gapEv>=1 gap.gapEv<=3'],
  ['What did not go well', 'type:process (state:failed or state:killed)'],
  ['Self-consistent results that did not converge', 'kind:scf-result converged=false'],
  ['Everything about silicon', 'formula:Si or silicon'],
] as const;

interface Props {
  text: string;
  /** Where the pages before began. */
  cursors: string[];
  found: { items: GraphItem[]; nextCursor: string | null };
  problem: string | null;
}

/** Any value or process by what it is, what it holds, what people said, and where it stands in the graph. Works without scripts. */
export function SearchPage({ text, cursors, found, problem }: Props) {
  const address = (after: string[]) =>
    `/search?q=${encodeURIComponent(text)}${after.length > 0 ? `&after=${encodeURIComponent(after.join(','))}` : ''}`;
  return (
    <div className="page">
      <div className="page-head">
        <h1>Search values and processes</h1>
        <Group gap="xs">
          <ButtonLink href="/groups" variant="subtle">
            Groups
          </ButtonLink>
          <ImportArchive />
        </Group>
      </div>
      <search>
        <form action="/search" className={styles.form}>
          <label htmlFor="query">Query</label>
          <div className={styles.line}>
            <input
              id="query"
              name="q"
              key={text}
              defaultValue={text}
              placeholder="kind:bands-result gap.gapEv>=1"
              className={styles.field}
              autoComplete="off"
              spellCheck={false}
              aria-describedby={problem ? 'query-problem' : undefined}
              aria-invalid={problem ? true : undefined}
            />
            <button type="submit" className={styles.submit}>
              <IconSearch size={17} stroke={1.8} aria-hidden />
              Search
            </button>
          </div>
        </form>
      </search>
      <p className={styles.examples}>
        For example:{' '}
        {examples.map(([sentence, query], index) => (
          <span key={query}>
            {index > 0 && ' · '}
            <Link href={`/search?q=${encodeURIComponent(query)}`}>
              {sentence.charAt(0).toLowerCase() + sentence.slice(1)}
            </Link>
          </span>
        ))}
        {'. '}
        <Link href="/help/provenance#search">All conditions</Link>
      </p>
      {problem && (
        <Notice tone="bad" role="alert" id="query-problem">
          {problem}
        </Notice>
      )}
      {!problem && found.items.length === 0 && (
        <Empty title="Nothing meets this query">A property is written as it stands in a node’s content.</Empty>
      )}
      {found.items.length > 0 && (
        <table className={listStyles.table}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Kind</th>
              <th scope="col">State</th>
              <th scope="col">Made</th>
            </tr>
          </thead>
          <tbody>
            {found.items.map((item) => (
              <tr key={item.id}>
                <td className={listStyles.label}>
                  <Link href={`/nodes/${item.id}`} prefetch={false}>
                    <NodeTitle item={item} />
                  </Link>
                </td>
                <td className={listStyles.minor}>{item.type === 'data' ? item.kind : `${item.kind} ${item.name}`}</td>
                <td>{item.type === 'process' && <StateBadge state={item.state} />}</td>
                <td className={listStyles.minor}>
                  <Ago at={item.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager
        newer={cursors.length > 0 ? address(cursors.slice(0, -1)) : null}
        older={found.nextCursor ? address([...cursors, found.nextCursor]) : null}
      />
    </div>
  );
}
