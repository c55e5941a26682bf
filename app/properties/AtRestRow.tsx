import { Switch } from '@mantine/core';
import { DerivedRow } from '../fields/DerivedRow';

interface Props {
  /** "Atoms at each volume" */
  name: string;
  help: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Whether the atoms come to rest in a deformed cell. */
export function AtRestRow({ name, help, isOn, onChange }: Props) {
  return (
    <DerivedRow
      name={name}
      help={help}
      source="always"
      automatic="come to rest"
      isOverridden={!isOn}
      onReset={() => onChange(true)}
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
