'use client';
import { defaultBandsSettings } from '@/server/properties/bands/defaults';
import { bandsSettingsSchema } from '@/server/properties/bands/schema';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { count, plain, UNIT_SPACE } from '../../format/number';
import { ProjectionsRow } from '../ProjectionsRow';
import type { SettingsProps } from '../panels';
import { withSetting } from '../setting-change';

/** Step of the path and number of bands. */
export function BandsSettings({ draft, settings, resolved, bandCount, onChange, isShown }: SettingsProps) {
  const defaults = defaultBandsSettings(draft.protocol);
  const values = bandsSettingsSchema.safeParse({ ...defaults, ...settings }).data ?? defaults;
  const set = (name: string, value: unknown) => onChange(withSetting(settings, name, value));
  return (
    <>
      {isShown('bands path step points spacing') && (
        <DerivedRow
          name="Step along the path"
          help={
            resolved?.path
              ? `Largest distance between points. Now ${resolved.path.points.length} points along ${resolved.path.labels}.`
              : 'Largest distance between points of the path.'
          }
          source={`${draft.protocol} protocol`}
          automatic={`${plain(defaults.stepPerAngstrom)}${UNIT_SPACE}1/Å`}
          isOverridden={settings['stepPerAngstrom'] !== undefined}
          onReset={() => set('stepPerAngstrom', undefined)}
        >
          <NumberField
            label="Step along the path"
            unit="1/Å"
            isLabelHidden
            min={0.001}
            max={2}
            value={values.stepPerAngstrom}
            onChange={(value) => set('stepPerAngstrom', value)}
          />
        </DerivedRow>
      )}
      {bandCount !== null && isShown('bands number count empty') && (
        <DerivedRow
          name="Number of bands on the path"
          help="Occupied and empty together."
          source="the larger of 1.2 times the occupied and 4 more"
          automatic={count(bandCount)}
          isOverridden={typeof settings['count'] === 'number'}
          onReset={() => set('count', undefined)}
        >
          <NumberField
            label="Number of bands on the path"
            isLabelHidden
            isWhole
            min={1}
            max={2000}
            value={values.count ?? bandCount}
            onChange={(value) => set('count', value)}
          />
        </DerivedRow>
      )}
      {isShown('bands projections fat orbitals') && (
        <ProjectionsRow
          name="Orbitals of the bands"
          help="Keeps how much of every atomic orbital is in every state, for fat bands."
          isOn={values.projections}
          onChange={(isOn) => set('projections', isOn ? undefined : false)}
        />
      )}
    </>
  );
}
