import type { Metadata } from 'next';
import { api, orNotFound } from '../../_trpc/server';
import { AppPage } from '../AppPage';
import { readValues } from '../input-values';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  const app = await (await api()).apps.get({ name }).catch(() => null);
  return { title: app?.title ?? 'Not found' };
}

export default async function App({ params, searchParams }: Props) {
  const { name } = await params;
  const app = await orNotFound((await api()).apps.get({ name }));
  return <AppPage key={`${name} ${app.version}`} app={app} asked={readValues(app.inputs, await searchParams)} />;
}
