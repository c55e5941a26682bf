'use client';
import { Switch } from '@mantine/core';
import { DerivedRow } from '../fields/DerivedRow';

interface Props {
  name: string;
  help: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Whether the atomic orbitals in every state are kept. */
export function ProjectionsRow({ name, help, isOn, onChange }: Props) {
  return (
    <DerivedRow
      name={name}
      help={help}
      source="always"
      automatic="kept"
      isOverridden={!isOn}
      onReset={() => onChange(true)}
    >
      <Switch
        mt={8}
        label={isOn ? 'Kept' : 'Not kept'}
        aria-label={name}
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </DerivedRow>
  );
}
