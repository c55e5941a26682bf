import { Switch } from '@mantine/core';
import { defaultExfoliationSettings } from '@/server/properties/exfoliation/defaults';
import { exfoliationSettingsSchema } from '@/server/properties/exfoliation/schema';
import { DerivedRow } from '../../fields/DerivedRow';
import type { SettingsProps } from '../panels';
import { withSetting } from '../setting-change';

/** Whether the atoms of a layer come to rest once it is alone. */
export function ExfoliationSettings({ settings, onChange, isShown }: SettingsProps) {
  const values = exfoliationSettingsSchema.safeParse({ ...defaultExfoliationSettings, ...settings }).data;
  const isOn = values?.relaxLayers ?? defaultExfoliationSettings.relaxLayers;
  const set = (value: boolean | undefined) => onChange(withSetting(settings, 'relaxLayers', value));
  return isShown('exfoliation energy layers relax atoms rest') ? (
    <DerivedRow
      name="Atoms of a layer alone"
      help="Published exfoliation energies are of layers as they are in the crystal. At rest they cost a little less."
      source="always"
      automatic="kept in place"
      isOverridden={isOn}
      onReset={() => set(undefined)}
    >
      <Switch
        mt={8}
        label={isOn ? 'Come to rest' : 'Kept in place'}
        aria-label="Atoms of a layer alone come to rest"
        checked={isOn}
        onChange={(event) => set(event.currentTarget.checked || undefined)}
      />
    </DerivedRow>
  ) : null;
}
