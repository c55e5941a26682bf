import type { Metadata } from 'next';
import { api, orNotFound } from '../../_trpc/server';
import { Explorer } from '../Explorer';

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const dataset = await (await api()).datasets.get({ slug }).catch(() => null);
  return { title: dataset ? `${dataset.title}: explore` : 'Not found' };
}

export default async function ExploreDataset({ params, searchParams }: Props) {
  const { slug } = await params;
  const { datasets } = await api();
  const dataset = await orNotFound(datasets.get({ slug }));
  const asked = Object.entries(await searchParams).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one]),
  );
  return <Explorer dataset={dataset} search={new URLSearchParams(asked).toString()} />;
}
