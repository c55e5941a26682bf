'use client';
import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { defaultVolumesSettings } from '@/server/properties/volumes/defaults';
import { type VolumesSettings, volumesSettingsSchema } from '@/server/properties/volumes/schema';
import { NumberField } from '../../fields/NumberField';
import { VectorField } from '../../fields/VectorField';
import styles from '../choice.module.css';
import type { ChoiceProps } from '../panels';
import { withSetting } from '../setting-change';

const fields = [
  ['density', 'Electron density'],
  ['spinDensity', 'Spin density'],
  ['localPotential', 'Local potential'],
] as const;

/** Which fields, and which orbitals by their k-point and band. */
export function VolumesChoice({ draft, settings, occupied, onChange }: ChoiceProps) {
  const values = valuesOf(settings);
  const set = (name: string, value: unknown) => onChange(withSetting(settings, name, value));
  const setOrbitals = (orbitals: VolumesSettings['orbitals']) =>
    set('orbitals', orbitals.length > 0 ? orbitals : undefined);
  const change = (index: number, changes: Partial<VolumesSettings['orbitals'][number]>) =>
    setOrbitals(values.orbitals.map((orbital, i) => (i === index ? { ...orbital, ...changes } : orbital)));
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/useSemanticElements: it stands within a fieldset of its own already. */}
      <div className={styles.row} role="group" aria-labelledby="volumes-fields">
        <span className={styles.name} id="volumes-fields">
          Fields
        </span>
        {fields.map(([name, label]) => (
          <Checkbox
            key={name}
            label={label}
            checked={values[name]}
            disabled={name === 'spinDensity' && draft.magnetism.kind === 'none' && !values.spinDensity}
            onChange={(event) => set(name, event.currentTarget.checked)}
          />
        ))}
      </div>
      {values.orbitals.length > 0 && (
        <ul className={styles.list}>
          {values.orbitals.map(({ kpoint, band }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: orbitals have no other name.
            <li key={i} className={styles.row}>
              <span>Band</span>
              <NumberField
                label={`Band of orbital ${i + 1}`}
                isLabelHidden
                isWhole
                min={1}
                max={5001}
                width={70}
                value={band + 1}
                onChange={(value) => change(i, { band: value - 1 })}
              />
              <span>at k =</span>
              <VectorField
                label={`k-point of orbital ${i + 1}`}
                min={-100}
                max={100}
                value={kpoint}
                onChange={(value) => change(i, { kpoint: value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={34}
                aria-label={`Remove orbital ${i + 1}`}
                onClick={() => setOrbitals(values.orbitals.filter((_, other) => other !== i))}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={15} aria-hidden />}
          disabled={values.orbitals.length >= 20}
          onClick={() =>
            setOrbitals([...values.orbitals, { kpoint: [0, 0, 0], band: Math.max(0, (occupied ?? 1) - 1) }])
          }
        >
          Add an orbital
        </Button>
      </div>
    </div>
  );
}

function valuesOf(settings: Record<string, unknown>): VolumesSettings {
  const defaults = defaultVolumesSettings();
  return volumesSettingsSchema.safeParse({ ...defaults, ...settings }).data ?? defaults;
}
