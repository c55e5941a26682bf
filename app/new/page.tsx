import { redirect } from 'next/navigation';
import { calculationSteps } from '@/server/schemas/process';
import { api, orNotFound } from '../_trpc/server';

interface Props {
  searchParams: Promise<{ structure?: string; copy?: string; from?: string }>;
}

/** Opens a draft: a new one, one with a structure (`?structure=`), or one like a calculation (`?copy=`), from a step on (`&from=`). */
export default async function NewCalculation({ searchParams }: Props) {
  const { structure, copy, from: asked } = await searchParams;
  const { drafts } = await api();
  if (copy) {
    const from = calculationSteps.find((step) => step === asked);
    const { id } = await orNotFound(drafts.copyFromCalculation({ calculationId: copy, from }));
    redirect(`/drafts/${id}/properties`);
  }
  if (structure) {
    const draft = await orNotFound(drafts.create({ data: { structureId: structure, step: 'properties' } }));
    redirect(`/drafts/${draft.id}/properties`);
  }
  // A draft in which nobody chose anything yet is as good as a new one.
  const [newest] = (await drafts.list({ limit: 1 })).items;
  const isUntouched = newest?.version === 1 && newest.structureId === null && newest.properties.length === 0;
  const draft = isUntouched ? newest : await drafts.create({});
  redirect(`/drafts/${draft.id}/structure`);
}
