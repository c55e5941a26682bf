import type { Metadata } from 'next';
import { api, orNotFound } from '../../_trpc/server';
import { NotebookPage } from '../../notebook/NotebookPage';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const notebook = await (await api()).notebooks.summary({ id }).catch(() => null);
  return { title: notebook?.name ?? 'Not found' };
}

export default async function Notebook({ params }: Props) {
  const { id } = await params;
  const notebook = await orNotFound((await api()).notebooks.get({ id }));
  return <NotebookPage key={id} notebook={notebook} />;
}
