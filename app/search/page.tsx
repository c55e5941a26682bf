import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { QUERY_TEXT_MAX } from '@/server/schemas/node-query';
import { api } from '../_trpc/server';
import { SearchPage } from '../provenance/SearchPage';

interface Props {
  searchParams: Promise<{ q?: string | string[]; after?: string | string[] }>;
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value) ?? '';

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const text = one((await searchParams).q).trim();
  return { title: text ? `${text.slice(0, 60)}: search` : 'Search' };
}

export default async function Search({ searchParams }: Props) {
  const { q, after } = await searchParams;
  const text = one(q).slice(0, QUERY_TEXT_MAX);
  const cursors = one(after).split(',').filter(Boolean);
  const { provenance } = await api();
  try {
    const found = await provenance.query({ text, cursor: cursors.at(-1) ?? null });
    return <SearchPage text={text} cursors={cursors} found={found} problem={null} />;
  } catch (err) {
    if (!(err instanceof TRPCError && ['BAD_REQUEST', 'TIMEOUT'].includes(err.code))) throw err;
    return <SearchPage text={text} cursors={[]} found={{ items: [], nextCursor: null }} problem={err.message} />;
  }
}
