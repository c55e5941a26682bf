export { Calculation, calculations } from './calculation';
export { Figure, plot } from './figure';
export { BrineError } from './platform';
export { type Bands, type Dos, type Relaxation, Results } from './results';
export { Structure, structures } from './structure';
export type {
  BandsData,
  CalculationChoices,
  DosData,
  Gap,
  GroundState,
  ProcessState,
  ResultsData,
  Site,
  StructureInput,
  Vector,
  VolumeData,
} from './types';
export { Field, Volume } from './volume';
