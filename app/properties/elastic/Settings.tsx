import { defaultElasticSettings } from '@/server/properties/elastic/defaults';
import { elasticSettingsSchema } from '@/server/properties/elastic/schema';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { plain, UNIT_SPACE } from '../../format/number';
import { AtRestRow } from '../AtRestRow';
import type { SettingsProps } from '../panels';
import { withSetting } from '../setting-change';

const percent = (share: number) => Number((100 * share).toFixed(6));

/** How large the strains are, and whether the atoms come to rest in them. */
export function ElasticSettings({ settings, onChange, isShown }: SettingsProps) {
  const defaults = defaultElasticSettings();
  const values = elasticSettingsSchema.safeParse({ ...defaults, ...settings }).data ?? defaults;
  const set = (name: string, value: unknown) => onChange(withSetting(settings, name, value));
  return (
    <>
      {isShown('elastic constants strain amplitude') && (
        <DerivedRow
          name="Strain"
          help="Of each strained cell, up and down. Smaller ones bring the noise of the stress out, larger ones what is not in proportion."
          source="always"
          automatic={`${plain(percent(defaults.amplitude))}${UNIT_SPACE}%`}
          isOverridden={settings['amplitude'] !== undefined}
          onReset={() => set('amplitude', undefined)}
        >
          <NumberField
            label="Strain"
            unit="%"
            isLabelHidden
            min={0.1}
            max={3}
            value={percent(values.amplitude)}
            onChange={(value) => set('amplitude', value === undefined ? undefined : value / 100)}
          />
        </DerivedRow>
      )}
      {isShown('elastic constants relax atoms rest') && (
        <AtRestRow
          name="Atoms in each strained cell"
          help="At rest they give the constants that are measured; kept in place, those of a frozen crystal."
          isOn={values.relaxAtoms}
          onChange={(isOn) => set('relaxAtoms', isOn ? undefined : false)}
        />
      )}
    </>
  );
}
