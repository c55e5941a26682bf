'use client';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '../_trpc/client';
import { ButtonLink } from '../components/ButtonLink';
import { Empty } from '../components/Empty';
import { CalculationTable } from './CalculationTable';
import { FilterForm } from './FilterForm';
import { type CalculationFilters, filterAddress, filterInput, hasFilters } from './filters';
import { Pager } from './Pager';

const PATH = '/calculations';

/** All calculations, filtered and paged by the server; the filters stand in the address. */
export function CalculationList({ filters }: { filters: CalculationFilters }) {
  const trpc = useTRPC();
  const { data, isPlaceholderData } = useQuery({
    ...trpc.calculations.list.queryOptions(filterInput(filters)),
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1>Calculations</h1>
        <ButtonLink href="/new" prefetch={false} leftSection={<IconPlus size={17} aria-hidden />}>
          New calculation
        </ButtonLink>
      </div>
      <FilterForm filters={filters} />
      <div aria-busy={isPlaceholderData}>
        {items.length > 0 ? (
          <CalculationTable items={items} />
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
