import { HARTREE_EV } from '@/kernels/core/constants';
import { chosenProperties, type PropertyId } from '@/server/properties/ids';
import { type DraftData, wizardSteps } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import { mesh, plain, UNIT_SPACE } from '../format/number';
import { roughDuration } from '../format/time';
import { formulaText } from '../format/typeset';

export type StepId = (typeof wizardSteps)[number];

export const stepTexts: Record<StepId, { short: string; title: string; lead: string; next: string }> = {
  structure: {
    short: 'Structure',
    title: 'Select a structure',
    lead: 'Bring a file, paste its text, or start from one that is here.',
    next: 'Choose properties',
  },
  properties: {
    short: 'Properties',
    title: 'Choose properties',
    lead: 'What to compute, how well, and with which physics. Every number that follows from it can be seen and changed.',
    next: 'Choose resources',
  },
  resources: {
    short: 'Resources',
    title: 'Choose resources',
    lead: 'Where it runs, on how many cores, and for how long at most.',
    next: 'Review',
  },
  review: {
    short: 'Review',
    title: 'Review and submit',
    lead: 'All that will be used, with the way back to each choice.',
    next: 'Submit',
  },
};

/** "GaAs: Choose properties", for the tab of the browser. */
export const draftTitle = (step: StepId, formula: string | null) =>
  formula ? `${formulaText(formula)}: ${stepTexts[step].title}` : stepTexts[step].title;

export const stepAfter = (step: StepId): StepId | null => wizardSteps[wizardSteps.indexOf(step) + 1] ?? null;

/** What was chosen in a step, in one line; null where nothing was yet. */
export function summarizeStep(step: StepId, data: DraftData, resolved: Resolved | undefined): string | null {
  if (step === 'structure') return resolved?.formula ? formulaText(resolved.formula) : null;
  if (step === 'properties') {
    const names = chosenProperties(data.properties).map((id) => propertyWords[id]);
    return names.length > 0 ? `${names.join(', ')}; ${data.protocol}` : null;
  }
  if (data.structureId === null) return null;
  if (step === 'resources') {
    const cores = resolved?.cores.value;
    const time = resolved?.estimate ? `, ${roughDuration(resolved.estimate.seconds)}` : '';
    return cores ? `${cores} ${cores === 1 ? 'core' : 'cores'}${time}` : null;
  }
  return null;
}

const propertyWords: Record<PropertyId, string> = {
  relax: 'relaxation',
  bands: 'bands',
  dos: 'density of states',
  volumes: 'fields',
  eos: 'equation of state',
  elastic: 'elastic constants',
  exfoliation: 'exfoliation energy',
};

/** Why one cannot go on from this step, in sentences; empty if one can. Where all is submitted, everything counts. */
export function reasonsToStay(step: StepId, data: DraftData, resolved: Resolved | undefined): string[] {
  if (step === 'structure' && data.structureId === null) return ['Choose a structure first.'];
  if (!resolved) return [];
  const blockers = resolved.blockers.filter((blocker) => step === 'review' || blocker.step === step);
  return blockers.map((blocker) => blocker.message);
}

/** "8 × 8 × 8, 29 k-points of 512" */
export const meshLine = ({ mesh: derived, kpointCount }: Resolved): string | null =>
  derived && kpointCount
    ? `${mesh(derived.value)}, ${kpointCount.irreducible} of ${kpointCount.full} k-points by symmetry`
    : null;

/** "15 Ha (408 eV)" */
export const cutoffLine = (hartree: number) =>
  `${plain(hartree)}${UNIT_SPACE}Ha (${Math.round(hartree * HARTREE_EV)}${UNIT_SPACE}eV)`;
