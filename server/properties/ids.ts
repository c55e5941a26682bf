import { type CalculationStep, calculationSteps } from '@/server/schemas/process';

/** Every property that can be asked for. A test compares this list with the folders beside it. */
export const propertyIds = ['relax', 'bands', 'dos', 'volumes', 'eos', 'elastic', 'exfoliation'] as const;
export type PropertyId = (typeof propertyIds)[number];
export const isPropertyId = (id: string): id is PropertyId => (propertyIds as readonly string[]).includes(id);
/** All but a relaxation stand on a self-consistent density, that of the relaxed structure where there is one. */
export const needsDensity = (properties: readonly string[]) => properties.some((id) => id !== 'relax');
/** Those that were chosen, in the order of the list: a JSON column keeps no order of its own. */
export const chosenProperties = (properties: object): PropertyId[] => propertyIds.filter((id) => id in properties);
/** The steps that a calculation of these properties has, in their order. */
export const stepsOf = (properties: readonly string[]): CalculationStep[] =>
  calculationSteps.filter((step) => (step === 'scf' ? needsDensity(properties) : properties.includes(step)));
