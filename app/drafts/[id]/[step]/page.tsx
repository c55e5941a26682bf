import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { examples } from '@/kernels/crystal/examples.data';
import { parseStructure } from '@/kernels/crystal/structure';
import { wizardSteps } from '@/server/schemas/draft';
import { api, dehydrated, getQueryClient, trpc } from '../../../_trpc/server';
import { formulaText } from '../../../format/typeset';
import { StructureIcon } from '../../../structure/StructureIcon';
import { PropertiesStep } from '../../../wizard/properties/PropertiesStep';
import { ResourcesStep } from '../../../wizard/resources/ResourcesStep';
import { ReviewStep } from '../../../wizard/review/ReviewStep';
import { type StepId, stepTexts } from '../../../wizard/steps';
import { StructureStep } from '../../../wizard/structure/StructureStep';

interface Props {
  params: Promise<{ id: string; step: string }>;
}

const isStep = (step: string): step is StepId => (wizardSteps as readonly string[]).includes(step);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, step } = await params;
  if (!isStep(step)) return {};
  const draft = await (await api()).drafts.get({ id }).catch(() => null);
  const what = draft?.formula ? `${formulaText(draft.formula)}: ` : '';
  return { title: `${what}${stepTexts[step].title}` };
}

export default async function StepPage({ params }: Props) {
  const { step } = await params;
  if (!isStep(step)) notFound();
  const queryClient = getQueryClient();
  if (step === 'structure') await queryClient.prefetchQuery(trpc.structures.examples.queryOptions());
  if (step === 'resources') await queryClient.prefetchQuery(trpc.computers.list.queryOptions());
  if (step === 'properties') await prefetchExampleResult();
  const Panel = panels[step];
  return (
    <HydrationBoundary state={dehydrated()}>
      <Panel />
    </HydrationBoundary>
  );
}

const panels = {
  structure: () => <StructureStep pictures={examplePictures} />,
  properties: PropertiesStep,
  resources: ResourcesStep,
  review: ReviewStep,
} as const satisfies Record<StepId, React.ComponentType>;

const examplePictures = Object.fromEntries(
  examples.map(({ id, structure }) => [id, <StructureIcon key={id} structure={parseStructure(structure)} />]),
);

/** The small plots on the cards of the properties are of the silicon calculation made at the first start. */
async function prefetchExampleResult(): Promise<void> {
  const queryClient = getQueryClient();
  const home = await queryClient.fetchQuery(trpc.system.home.queryOptions());
  if (home.exampleCalculationId)
    await queryClient.prefetchQuery(trpc.calculations.results.queryOptions({ id: home.exampleCalculationId }));
}
