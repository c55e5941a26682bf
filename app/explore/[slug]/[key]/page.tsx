import type { Metadata } from 'next';
import { cache } from 'react';
import { writtenFormula } from '@/kernels/crystal/formula';
import { type EntryCell, entryCells } from '@/server/schemas/datasets';
import { api, orNotFound } from '../../../_trpc/server';
import { formulaText } from '../../../format/typeset';
import { BareEntryPage } from '../../BareEntryPage';
import { EntryPage } from '../../EntryPage';

interface Props {
  params: Promise<{ slug: string; key: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const load = cache(async (slug: string, key: string, cell: EntryCell) =>
  (await api()).datasets.entry({ slug, key: decodeURIComponent(key), cell }),
);

const cellIn = (asked: Record<string, string | string[] | undefined>) =>
  entryCells.find((cell) => cell === asked['cell']) ?? 'given';

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { slug, key } = await params;
  const entry = await load(slug, key, cellIn(await searchParams)).catch(() => null);
  return {
    title: entry
      ? `${formulaText(entry.structure?.formula ?? writtenFormula(entry.formula))}: ${entry.key}`
      : 'Not found',
  };
}

export default async function Material({ params, searchParams }: Props) {
  const { slug, key } = await params;
  const entry = await orNotFound(load(slug, key, cellIn(await searchParams)));
  if (entry.structure === null) return <BareEntryPage entry={entry} />;
  const { datasets } = await api();
  const kin = datasets.kin({ slug, key: entry.key });
  const [hull, making] = await Promise.all([
    datasets.hull({ slug, key: entry.key }),
    datasets.making({ slug, key: entry.key }),
  ]);
  return <EntryPage entry={entry} hull={hull} making={making} kin={kin} />;
}
