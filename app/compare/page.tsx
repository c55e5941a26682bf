import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { api } from '../_trpc/server';
import { ComparePage } from './ComparePage';
import { readNames } from './compare-address';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Compare materials' };

export default async function Compare({ searchParams }: Props) {
  const names = readNames((await searchParams)['with']);
  const { datasets } = await api();
  const found = await Promise.all(
    names.map((name) =>
      datasets.entry(name).catch((err: unknown) => {
        if (err instanceof TRPCError && (err.code === 'NOT_FOUND' || err.code === 'BAD_REQUEST')) return null;
        throw err;
      }),
    ),
  );
  return (
    <ComparePage entries={found.flatMap((entry) => entry ?? [])} missing={names.filter((_, i) => found[i] === null)} />
  );
}
