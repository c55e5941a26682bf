'use client';
import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { ButtonLink } from '../components/ButtonLink';
import { Empty } from '../components/Empty';
import { Formula, SpaceGroup } from '../components/Typeset';
import { quantity } from '../format/number';
import { type CalculationFilters, filterAddress } from './filters';
import styles from './lists.module.css';
import { Pager } from './Pager';
import { structureInput } from './structure-input';

const PATH = '/structures';

/** The project's structures. */
export function StructureList({ filters }: { filters: CalculationFilters }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [text, setText] = useState(filters.formula);
  const { data } = useQuery({
    ...trpc.structures.list.queryOptions(structureInput(filters)),
    placeholderData: keepPreviousData,
  });
  const items = data?.items ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1>Structures</h1>
        <ButtonLink href="/new" prefetch={false} leftSection={<IconPlus size={17} aria-hidden />}>
          Bring a structure
        </ButtonLink>
      </div>
      <search>
        <form
          className={styles.filters}
          action={PATH}
          onSubmit={(event) => {
            event.preventDefault();
            router.replace(filterAddress(PATH, { ...filters, formula: text.trim(), after: [] }));
          }}
        >
          <TextInput
            className={styles.text}
            name="formula"
            label="Formula or elements"
            placeholder="LiCoO2, or Li Co O"
            leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Search
          </Button>
        </form>
      </search>
      {items.length > 0 ? (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Formula</th>
              <th scope="col">Name</th>
              <th scope="col">Space group</th>
              <th scope="col">Atoms</th>
              <th scope="col">Density</th>
              <th scope="col">Added</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, formula, name, symmetry, sites, densityGramPerCm3, createdAt }) => (
              <tr key={id}>
                <td className={styles.formula}>
                  <Formula of={formula} />
                </td>
                <td className={styles.label}>
                  <Link href={`/structures/${id}`}>{name}</Link>
                </td>
                <td className={styles.minor}>{symmetry ? <SpaceGroup symbol={symmetry.spaceGroupSymbol} /> : ''}</td>
                <td className={styles.minor}>
                  {sites} <span className={styles.unit}>{sites === 1 ? 'atom' : 'atoms'}</span>
                </td>
                <td className={styles.minor}>
                  {densityGramPerCm3 === null ? '' : quantity(densityGramPerCm3, 2, 'g/cm³')}
                </td>
                <td className={styles.minor}>
                  <Ago at={createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Empty title={filters.formula ? `No structure fits ${filters.formula}` : 'No structures yet'}>
          Structures come with new calculations: from a file, from text, or from the examples.
        </Empty>
      )}
      <Pager
        newer={filters.after.length > 0 ? filterAddress(PATH, { ...filters, after: filters.after.slice(0, -1) }) : null}
        older={
          data?.nextCursor ? filterAddress(PATH, { ...filters, after: [...filters.after, data.nextCursor] }) : null
        }
      />
    </div>
  );
}
