import { Switch } from '@mantine/core';
import { DerivedRow } from '../fields/DerivedRow';

interface Props {
  /** "Atoms at each volume" */
  name: string;
  help: string;
  isOn: boolean;
  /** What it is unless somebody chooses. */
  isAutomatic?: boolean;
  onChange: (isOn: boolean) => void;
}

/** Whether the atoms come to rest in a deformed cell, or alone. */
export function AtRestRow({ name, help, isOn, isAutomatic = true, onChange }: Props) {
  return (
    <DerivedRow
      name={name}
      help={help}
      source="always"
      automatic={isAutomatic ? 'come to rest' : 'kept in place'}
      isOverridden={isOn !== isAutomatic}
      onReset={() => onChange(isAutomatic)}
    >
      <Switch
        mt={8}
        label={isOn ? 'Come to rest' : 'Kept in place'}
        aria-label={`${name} come to rest`}
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </DerivedRow>
  );
}
