'use client';
import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type FoundOrder, type FoundRow, foundOrders } from '@/server/schemas/elsewhere';
import type { StructureDetail } from '@/server/schemas/structure';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { Formula } from '../components/Typeset';
import { counted, count as countText } from '../format/number';
import styles from './elsewhere.module.css';
import { FoundPreview } from './FoundPreview';
import { useAddress } from './use-address';

interface Props {
  id: string;
  onTaken: (structure: StructureDetail) => void;
  takeLabel: string;
}

const ROWS = 50;
const IDS_SHOWN = 3;

/** One row for each crystal, with all the databases that have it. The order and the row that is looked at stand in the address. */
export function FoundTable({ id, onTaken, takeLabel }: Props) {
  const trpc = useTRPC();
  const [read, change] = useAddress();
  const order = foundOrders.find((one) => one === read('order')) ?? 'sites';
  const entryId = read('entry');
  const list = useInfiniteQuery(
    trpc.elsewhere.found.infiniteQueryOptions(
      { id, order, limit: ROWS },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const take = useMutation(
    trpc.elsewhere.take.mutationOptions({
      onSuccess: (structure) => {
        change({ entry: null });
        onTaken(structure);
      },
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = list.data?.pages[0]?.count ?? 0;
  const error = list.error ?? take.error;
  const sort = (next: FoundOrder) => change({ order: next === 'sites' ? null : next });
  return (
    <>
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      {entryId && (
        <FoundPreview
          id={id}
          entryId={entryId}
          takeLabel={takeLabel}
          isTaking={take.isPending}
          onTake={() => take.mutate({ id, entryId })}
          onClose={() => change({ entry: null })}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys. */}
      <section className={styles.scroller} aria-label="Crystals that were found" tabIndex={0}>
        <table className={styles.table}>
          <caption className="visually-hidden">{counted(total, 'crystal')}, one a row</caption>
          <thead>
            <tr>
              <Sortable orders={['formula', '-formula']} order={order} onSort={sort}>
                Formula
              </Sortable>
              <th scope="col">Space group</th>
              <Sortable orders={['sites', '-sites']} order={order} onSort={sort}>
                Sites
              </Sortable>
              <Sortable orders={['-databases']} order={order} onSort={sort}>
                Databases
              </Sortable>
              <th scope="col">Entries</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <button type="button" className={styles.open} onClick={() => change({ entry: row.id })}>
                    <Formula of={row.formula} />
                    <span className="visually-hidden">, look at {row.members[0]?.key}</span>
                  </button>
                </th>
                <td className="figures">{row.spaceGroupNumber ?? <span className="faint">not given</span>}</td>
                <td className="figures">{countText(row.sites)}</td>
                <td>{[...new Set(row.members.map(({ database }) => database))].sort().join(', ')}</td>
                <td>
                  <Entries of={row} />
                </td>
                <td>
                  <Button
                    variant="default"
                    size="compact-sm"
                    loading={take.isPending && take.variables.entryId === row.id}
                    onClick={() => take.mutate({ id, entryId: row.id })}
                    aria-label={`${takeLabel}: ${row.formula}, ${row.members[0]?.key}`}
                  >
                    {takeLabel.split(' ')[0]}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={styles.foundHead}>
        <p className="faint">
          {rows.length < total ? `The first ${rows.length} of ${counted(total, 'crystal')}` : counted(total, 'crystal')}
          . Equal ones are one row: up to origin, cell and rotation, with lengths within 6 %.
        </p>
        {list.hasNextPage && (
          <Button
            variant="default"
            size="compact-sm"
            loading={list.isFetchingNextPage}
            onClick={() => list.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </div>
    </>
  );
}

interface SortableProps {
  /** The first is taken at the first press, the other at the next. */
  orders: readonly FoundOrder[];
  order: FoundOrder;
  onSort: (order: FoundOrder) => void;
  children: ReactNode;
}

function Sortable({ orders, order, onSort, children }: SortableProps) {
  const isChosen = orders.includes(order);
  const isDescending = order.startsWith('-');
  const Icon = isDescending ? IconArrowDown : IconArrowUp;
  const next = orders.find((one) => one !== order) ?? orders[0]!;
  return (
    <th scope="col" aria-sort={isChosen ? (isDescending ? 'descending' : 'ascending') : undefined}>
      <button type="button" className={styles.sort} onClick={() => onSort(isChosen ? next : orders[0]!)}>
        {children}
        {isChosen && <Icon size={14} aria-hidden />}
      </button>
    </th>
  );
}

function Entries({ of: { members, count } }: { of: FoundRow }) {
  const more = count - Math.min(IDS_SHOWN, members.length);
  return (
    <ul className={styles.entries}>
      {members.slice(0, IDS_SHOWN).map(({ id, key, href, database }) => (
        <li key={id}>
          <a href={href} target="_blank" rel="noreferrer noopener" title={`${database}, in a new tab`}>
            {key}
          </a>
        </li>
      ))}
      {more > 0 && <li className="faint">and {countText(more)} more</li>}
    </ul>
  );
}
