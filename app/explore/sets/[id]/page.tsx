import type { Metadata } from 'next';
import { cache } from 'react';
import { api, orNotFound } from '../../../_trpc/server';
import { ResultSetPage } from '../../ResultSetPage';

interface Props {
  params: Promise<{ id: string }>;
}

const load = cache(async (id: string) => (await api()).resultSets.get({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const set = await load(id).catch(() => null);
  return { title: set ? `${set.name}: frozen result` : 'Not found' };
}

export default async function ResultSet({ params }: Props) {
  const { id } = await params;
  return <ResultSetPage set={await orNotFound(load(id))} />;
}
