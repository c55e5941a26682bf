'use client';
import { IconColumns3, IconDatabase, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../_trpc/client';
import { RUNS_MAX, runsAddress } from '../compare-runs/run-address';
import { ButtonLink } from '../components/ButtonLink';
import { Empty } from '../components/Empty';
import { CalculationTable } from './CalculationTable';
import { FilterForm } from './FilterForm';
import { type CalculationFilters, filterAddress, filterInput, hasFilters } from './filters';
import styles from './lists.module.css';
import { Pager } from './Pager';
import { publishAddress } from './publication';
import { TagPicked } from './TagPicked';

const PATH = '/calculations';

/** All calculations, filtered and paged by the server; the filters stand in the address. */
export function CalculationList({ filters }: { filters: CalculationFilters }) {
  const trpc = useTRPC();
  const { data, isPlaceholderData } = useQuery({
    ...trpc.calculations.list.queryOptions(filterInput(filters)),
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pick = (id: string) =>
    setPicked((so) => new Set(so.has(id) ? [...so].filter((one) => one !== id) : [...so, id]));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Calculations</h1>
        <div className={styles.heads}>
          {picked.size > 0 && <TagPicked picked={[...picked]} />}
          {picked.size > 1 && picked.size <= RUNS_MAX && (
            <ButtonLink
              variant="default"
              href={runsAddress([...picked])}
              prefetch={false}
              leftSection={<IconColumns3 size={17} aria-hidden />}
            >
              Compare {picked.size}
            </ButtonLink>
          )}
          {items.length > 0 && (
            <ButtonLink
              variant="default"
              href={publishAddress({ filters, ids: [...picked], choice: 'newest' })}
              prefetch={false}
              leftSection={<IconDatabase size={17} aria-hidden />}
            >
              {picked.size > 0 ? `Publish ${picked.size} picked as dataset` : 'Publish as dataset'}
            </ButtonLink>
          )}
          <ButtonLink href="/new" prefetch={false} leftSection={<IconPlus size={17} aria-hidden />}>
            New calculation
          </ButtonLink>
        </div>
      </div>
      <FilterForm filters={filters} />
      <div aria-busy={isPlaceholderData}>
        {items.length > 0 ? (
          <CalculationTable items={items} picked={picked} onPick={pick} />
        ) : hasFilters(filters) ? (
          <Empty
            title="No calculation fits these filters"
            action={
              <ButtonLink href={PATH} variant="default">
                Clear the filters
              </ButtonLink>
            }
          >
            A formula must be whole and may stand in any order; a part of the label is enough.
          </Empty>
        ) : (
          <Empty title="No calculations yet">
            The first one, silicon, is made by the platform itself when it starts.
          </Empty>
        )}
      </div>
      <Pager
        newer={filters.after.length > 0 ? filterAddress(PATH, { ...filters, after: filters.after.slice(0, -1) }) : null}
        older={
          data?.nextCursor ? filterAddress(PATH, { ...filters, after: [...filters.after, data.nextCursor] }) : null
        }
      />
    </div>
  );
}
