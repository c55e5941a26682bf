import { redirect } from 'next/navigation';
import { api, orNotFound } from '../../_trpc/server';

/** A draft opens at the step where its owner left it. */
export default async function DraftPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { drafts } = await api();
  const { step } = await orNotFound(drafts.get({ id }));
  redirect(`/drafts/${id}/${step}`);
}
