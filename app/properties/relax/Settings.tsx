'use client';
import { defaultRelaxSettings } from '@/server/properties/relax/defaults';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { plain, UNIT_SPACE } from '../../format/number';
import type { SettingsProps } from '../panels';
import { withSetting } from '../setting-change';
import { SitesField } from './SitesField';
import { valuesOf } from './values';

/** Threshold of the forces, most steps, and the sites that keep their place. */
export function RelaxSettings({ draft, settings, onChange, isShown }: SettingsProps) {
  const defaults = defaultRelaxSettings(draft.protocol);
  const values = valuesOf(draft, settings);
  const set = (name: string, value: unknown) => onChange(withSetting(settings, name, value));
  return (
    <>
      {isShown('relaxation geometry force threshold tolerance') && (
        <DerivedRow
          name="Force threshold"
          help="The relaxation ends when no component of a force is larger."
          source={`${draft.protocol} protocol`}
          automatic={`${plain(defaults.forceToleranceEvPerAngstrom)}${UNIT_SPACE}eV/Å`}
          isOverridden={settings['forceToleranceEvPerAngstrom'] !== undefined}
          onReset={() => set('forceToleranceEvPerAngstrom', undefined)}
        >
          <NumberField
            label="Force threshold"
            unit="eV/Å"
            isLabelHidden
            min={1e-5}
            max={1}
            value={values.forceToleranceEvPerAngstrom}
            onChange={(value) => set('forceToleranceEvPerAngstrom', value)}
          />
        </DerivedRow>
      )}
      {isShown('relaxation geometry maximum steps') && (
        <DerivedRow
          name="Most geometries"
          help="After these the relaxation gives up; its last geometry is kept."
          source="always"
          automatic={String(defaults.maxSteps)}
          isOverridden={settings['maxSteps'] !== undefined}
          onReset={() => set('maxSteps', undefined)}
        >
          <NumberField
            label="Most geometries"
            isLabelHidden
            isWhole
            min={1}
            max={1000}
            value={values.maxSteps}
            onChange={(value) => set('maxSteps', value)}
          />
        </DerivedRow>
      )}
      {isShown('relaxation geometry fixed sites keep place') && (
        <DerivedRow
          name="Sites that keep their place"
          help="Numbers as in the table of sites, such as 1, 3–6. Empty: all may move."
          source="always"
          automatic="none"
          isOverridden={values.fixed.length > 0}
          onReset={() => set('fixed', undefined)}
        >
          <SitesField value={values.fixed} onChange={(fixed) => set('fixed', fixed.length > 0 ? fixed : undefined)} />
        </DerivedRow>
      )}
    </>
  );
}
