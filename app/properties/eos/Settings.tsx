import { defaultEosSettings } from '@/server/properties/eos/defaults';
import { eosSettingsSchema } from '@/server/properties/eos/schema';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { plain, UNIT_SPACE } from '../../format/number';
import { AtRestRow } from '../AtRestRow';
import type { SettingsProps } from '../panels';
import { withSetting } from '../setting-change';

/** How many volumes, how far apart, and whether the atoms come to rest at each. */
export function EosSettings({ draft, settings, onChange, isShown }: SettingsProps) {
  const defaults = defaultEosSettings(draft.protocol);
  const values = eosSettingsSchema.safeParse({ ...defaults, ...settings }).data ?? defaults;
  const set = (name: string, value: unknown) => onChange(withSetting(settings, name, value));
  const percent = (share: number) => Number((100 * share).toFixed(6));
  return (
    <>
      {isShown('equation of state eos volumes points number') && (
        <DerivedRow
          name="Volumes of the equation of state"
          help="Each is a calculation of its own; the curve has four parameters."
          source={`${draft.protocol} protocol`}
          automatic={String(defaults.count)}
          isOverridden={settings['count'] !== undefined}
          onReset={() => set('count', undefined)}
        >
          <NumberField
            label="Volumes of the equation of state"
            isLabelHidden
            isWhole
            min={5}
            max={21}
            value={values.count}
            onChange={(value) => set('count', value)}
          />
        </DerivedRow>
      )}
      {isShown('equation of state eos range volume strain') && (
        <DerivedRow
          name="Range of the volume"
          help="The largest change, down and up. Too small, and noise of the energies bends the curve; too large, and it is no longer of third order."
          source="always"
          automatic={`±${plain(percent(defaults.range))}${UNIT_SPACE}%`}
          isOverridden={settings['range'] !== undefined}
          onReset={() => set('range', undefined)}
        >
          <NumberField
            label="Range of the volume"
            unit="%"
            isLabelHidden
            min={1}
            max={20}
            value={percent(values.range)}
            onChange={(value) => set('range', value === undefined ? undefined : value / 100)}
          />
        </DerivedRow>
      )}
      {isShown('equation of state eos relax atoms rest') && (
        <AtRestRow
          name="Atoms at each volume"
          help="At rest they give the bulk modulus that is measured; kept in place, that of a frozen crystal."
          isOn={values.relaxAtoms}
          onChange={(isOn) => set('relaxAtoms', isOn ? undefined : false)}
        />
      )}
    </>
  );
}
