import { defaultRelaxSettings } from '@/server/properties/relax/defaults';
import { type RelaxSettings, relaxSettingsSchema } from '@/server/properties/relax/schema';
import type { DraftData } from '@/server/schemas/draft';

/** What the form shows: the settings as typed over the defaults, or the defaults where they do not make sense together. */
export function valuesOf({ protocol }: DraftData, settings: Record<string, unknown>): RelaxSettings {
  const defaults = defaultRelaxSettings(protocol);
  return relaxSettingsSchema.safeParse({ ...defaults, ...settings }).data ?? defaults;
}
