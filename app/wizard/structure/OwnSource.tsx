'use client';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Ago } from '../../components/Ago';
import { Notice } from '../../components/Notice';
import { Formula, SpaceGroup } from '../../components/Typeset';
import styles from './structure-step.module.css';
import { useChooseStructure } from './use-choose-structure';

/** What this project holds already. */
export function OwnSource() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const choose = useChooseStructure();
  const [text, setText] = useState('');
  const [formula] = useDebouncedValue(text.trim(), 250);
  const list = useInfiniteQuery(
    trpc.structures.list.infiniteQueryOptions(
      { formula: formula || null, limit: 12 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const take = async (id: string) => choose(await queryClient.fetchQuery(trpc.structures.get.queryOptions({ id })));
  return (
    <div className={styles.parts}>
      <TextInput
        aria-label="Formula"
        placeholder="Formula, such as LiCoO2"
        leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {list.error && <Notice tone="bad">{messageOf(list.error)}</Notice>}
      <ul className={styles.rows}>
        {items.map(({ id, formula: found, name, sites, symmetry, createdAt }) => (
          <li key={id}>
            <button type="button" className={styles.row} onClick={() => void take(id)}>
              <span className={styles.rowFormula}>
                <Formula of={found} />
              </span>
              <span className={styles.rowName}>{name}</span>
              <span className="faint">{symmetry && <SpaceGroup symbol={symmetry.spaceGroupSymbol} />}</span>
              <span className="faint figures">{sites} atoms</span>
              <span className="faint">
                <Ago at={createdAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          Show more
        </Button>
      )}
      <p role="status" className="soft">
        {list.isSuccess &&
          items.length === 0 &&
          (formula
            ? `No structure here has the formula ${formula}.`
            : 'No structures yet: bring a file or take an example.')}
      </p>
    </div>
  );
}
