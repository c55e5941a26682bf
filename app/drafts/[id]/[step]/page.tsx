import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { wizardSteps } from '@/server/schemas/draft';
import { api } from '../../../_trpc/server';
import { draftTitle, type StepId } from '../../../wizard/steps';

interface Props {
  params: Promise<{ id: string; step: string }>;
}

const isStep = (step: string): step is StepId => (wizardSteps as readonly string[]).includes(step);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, step } = await params;
  if (!isStep(step)) return {};
  const draft = await (await api()).drafts.get({ id }).catch(() => null);
  return { title: draftTitle(step, draft?.formula ?? null) };
}

/** The address of a step. What it shows is the wizard's, in the layout above, so that a change of step needs no answer from here. */
export default async function StepPage({ params }: Props) {
  const { step } = await params;
  if (!isStep(step)) notFound();
  return null;
}
