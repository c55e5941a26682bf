import type { Metadata } from 'next';
import { api, orNotFound } from '../_trpc/server';
import { MatchPage } from '../diffraction/MatchPage';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Match a measured pattern' };

export default async function Match({ searchParams }: Props) {
  const { dataset } = await searchParams;
  const { datasets } = await api();
  return <MatchPage dataset={await orNotFound(datasets.get({ slug: String(dataset ?? '') }))} />;
}
