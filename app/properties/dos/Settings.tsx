'use client';
import { SegmentedControl } from '@mantine/core';
import { defaultDosSettings } from '@/server/properties/dos/defaults';
import { dosSettingsSchema } from '@/server/properties/dos/schema';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { VectorField } from '../../fields/VectorField';
import { mesh, plain, UNIT_SPACE } from '../../format/number';
import { ProjectionsRow } from '../ProjectionsRow';
import type { SettingsProps } from '../panels';
import { withSetting } from '../setting-change';

/** Method, mesh, width and step of the density of states. */
export function DosSettings({ draft, settings, resolved, onChange, isShown }: SettingsProps) {
  const defaults = defaultDosSettings(draft.protocol, draft.electronicType);
  const values = dosSettingsSchema.safeParse({ ...defaults, ...settings }).data ?? defaults;
  const set = (name: string, value: unknown) => onChange(withSetting(settings, name, value));
  const isSet = (name: string) => settings[name] !== undefined && settings[name] !== null;
  const eV = (value: number) => `${plain(value)}${UNIT_SPACE}eV`;
  return (
    <>
      {isShown('density of states dos method tetrahedra gaussian broadening') && (
        <DerivedRow
          name="Method of the density of states"
          help="Tetrahedra show band edges sharply and want a dense mesh; a Gaussian is smooth and blurs by its width."
          source="always"
          automatic="tetrahedra"
          isOverridden={isSet('method')}
          onReset={() => set('method', undefined)}
        >
          <SegmentedControl
            size="xs"
            aria-label="Method of the density of states"
            value={values.method}
            onChange={(value) => set('method', value)}
            data={[
              { value: 'tetrahedra', label: 'Tetrahedra' },
              { value: 'gaussian', label: 'Gaussian' },
            ]}
          />
        </DerivedRow>
      )}
      {resolved?.mesh && isShown('density of states dos mesh k-points') && (
        <DerivedRow
          name="Mesh of the density of states"
          help="k-points along each reciprocal axis."
          source={resolved.mesh.source}
          automatic={mesh(resolved.mesh.automatic)}
          isOverridden={resolved.mesh.overridden}
          onReset={() => set('mesh', undefined)}
        >
          <VectorField
            label="Mesh of the density of states"
            isWhole
            min={1}
            max={200}
            value={values.mesh ?? resolved.mesh.value}
            onChange={(value) => set('mesh', value)}
          />
        </DerivedRow>
      )}
      {values.method === 'gaussian' && isShown('density of states dos width broadening') && (
        <DerivedRow
          name="Gaussian width"
          help="Standard deviation by which each level is broadened."
          source="always"
          automatic={eV(defaults.widthEv)}
          isOverridden={isSet('widthEv')}
          onReset={() => set('widthEv', undefined)}
        >
          <NumberField
            label="Gaussian width"
            unit="eV"
            isLabelHidden
            min={0.001}
            max={5}
            value={values.widthEv}
            onChange={(value) => set('widthEv', value)}
          />
        </DerivedRow>
      )}
      {isShown('density of states dos energy step') && (
        <DerivedRow
          name="Energy step"
          help="Distance between the energies at which it is computed."
          source={`${draft.protocol} protocol`}
          automatic={eV(defaults.stepEv)}
          isOverridden={isSet('stepEv')}
          onReset={() => set('stepEv', undefined)}
        >
          <NumberField
            label="Energy step"
            unit="eV"
            isLabelHidden
            min={0.0005}
            max={1}
            value={values.stepEv}
            onChange={(value) => set('stepEv', value)}
          />
        </DerivedRow>
      )}
      {isShown('density of states dos projections orbitals') && (
        <ProjectionsRow
          name="Orbitals of the density of states"
          help="Keeps the share of every atomic orbital, by element, site and spin."
          isOn={values.projections}
          onChange={(isOn) => set('projections', isOn ? undefined : false)}
        />
      )}
    </>
  );
}
