import { defaultExfoliationSettings } from '@/server/properties/exfoliation/defaults';
import { exfoliationSettingsSchema } from '@/server/properties/exfoliation/schema';
import { AtRestRow } from '../AtRestRow';
import type { SettingsProps } from '../panels';
import { withSetting } from '../setting-change';

/** Whether the atoms of a layer come to rest once it is alone. */
export function ExfoliationSettings({ settings, onChange, isShown }: SettingsProps) {
  const values = exfoliationSettingsSchema.safeParse({ ...defaultExfoliationSettings, ...settings }).data;
  return isShown('exfoliation energy layers relax atoms rest') ? (
    <AtRestRow
      name="Atoms of a layer alone"
      help="Published exfoliation energies are of layers as they are in the crystal. At rest they cost a little less."
      isOn={values?.relaxLayers ?? false}
      isAutomatic={false}
      onChange={(isOn) => onChange(withSetting(settings, 'relaxLayers', isOn || undefined))}
    />
  ) : null;
}
