import type { Metadata } from 'next';
import { cache } from 'react';
import { writtenFormula } from '@/kernels/crystal/formula';
import { api, orNotFound } from '../../../_trpc/server';
import { formulaText } from '../../../format/typeset';
import { BareEntryPage } from '../../BareEntryPage';
import { EntryPage } from '../../EntryPage';

interface Props {
  params: Promise<{ slug: string; key: string }>;
}

const load = cache(async (slug: string, key: string) =>
  (await api()).datasets.entry({ slug, key: decodeURIComponent(key) }),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, key } = await params;
  const entry = await load(slug, key).catch(() => null);
  return {
    title: entry
      ? `${formulaText(entry.structure?.formula ?? writtenFormula(entry.formula))}: ${entry.key}`
      : 'Not found',
  };
}

export default async function Material({ params }: Props) {
  const { slug, key } = await params;
  const entry = await orNotFound(load(slug, key));
  if (entry.structure === null) return <BareEntryPage entry={entry} />;
  const { datasets } = await api();
  const [hull, making] = await Promise.all([
    datasets.hull({ slug, key: entry.key }),
    datasets.making({ slug, key: entry.key }),
  ]);
  return <EntryPage entry={entry} hull={hull} making={making} />;
}
