import type { ComponentType, ReactNode } from 'react';
import type { CalculationDetail, CalculationResults } from '@/server/schemas/calculation';
import type { DraftData } from '@/server/schemas/draft';
import type { ResolvedProperty } from '@/server/schemas/resolved';

export interface SettingsProps {
  draft: DraftData;
  /** What was set by hand, as typed; the rest are defaults. */
  settings: Record<string, unknown>;
  /** Null until the server has answered. */
  resolved: ResolvedProperty | null;
  /** Of the engine's own choice at each k-point; null while it is not known. */
  bandCount: number | null;
  /** Replaces the settings made by hand; leaving one out puts its default back. */
  onChange: (settings: Record<string, unknown>) => void;
  /** Shows only settings whose name fits what is searched. */
  isShown: (words: string) => boolean;
}

/** The one choice that stands below the cards, not under "Advanced". */
export interface ChoiceProps {
  draft: DraftData;
  settings: Record<string, unknown>;
  /** Bands that hold electrons; null while it is not known. */
  occupied: number | null;
  onChange: (settings: Record<string, unknown>) => void;
}

export interface ResultsProps {
  calculation: CalculationDetail;
  results: CalculationResults;
}

/** An app that goes on from a property's results, by the name that is its address. */
export interface PropertyApp {
  name: string;
  sentence: string;
  /** The input that takes the structure. */
  structureInput: string;
}

/** A property on screen: its card, its settings under "Advanced", and its results. */
export interface PropertyPanels {
  title: string;
  sentence: string;
  needs: string;
  /** A small real example of its result, from another calculation. */
  example: (results: CalculationResults) => ReactNode;
  /** Absent where nothing needs to be asked. */
  Choice?: ComponentType<ChoiceProps>;
  Settings: ComponentType<SettingsProps>;
  Results: ComponentType<ResultsProps>;
  app?: PropertyApp;
}
