import type { CalculationStep } from '@/server/schemas/process';
import { propertyPanels } from './registry';

/** What a step of a calculation is called on screen. */
export const stepTitle = (step: CalculationStep) =>
  step === 'scf' ? 'Self-consistent density' : propertyPanels[step].title;
