import type { Metadata } from 'next';
import { api, orNotFound } from '../../../_trpc/server';
import { StructureEditor } from '../../../structure/edit/StructureEditor';

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: 'Edit a structure' };

export default async function EditStructure({ params }: Props) {
  const { id } = await params;
  const { structures } = await api();
  return <StructureEditor origin={await orNotFound(structures.get({ id }))} />;
}
