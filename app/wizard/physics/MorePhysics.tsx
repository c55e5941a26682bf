'use client';
import { Switch } from '@mantine/core';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { useWizard } from '../draft-context';
import { HubbardRows } from './HubbardRows';

/** Charge, spin-orbit coupling and Hubbard U: rarely wanted, and found under "Advanced". */
export function MorePhysics({ isShown }: { isShown: (words: string) => boolean }) {
  const { draft, update } = useWizard();
  const { charge, spinOrbit, engine } = draft.data;
  return (
    <>
      {isShown('charge of the cell electrons ion') && (
        <DerivedRow
          name="Charge of the cell"
          help="In units of e; a uniform background makes a repeated cell neutral."
          source="always"
          automatic="0"
          isOverridden={charge !== 0}
          onReset={() => update({ charge: 0 })}
        >
          <NumberField
            label="Charge of the cell"
            unit="e"
            isLabelHidden
            min={-100}
            max={100}
            value={charge}
            onChange={(value) => update({ charge: value })}
          />
        </DerivedRow>
      )}
      {(engine === 'espresso' || spinOrbit) && isShown('spin-orbit coupling relativistic spinor') && (
        <DerivedRow
          name="Spin-orbit coupling"
          help="Needs an installed, fully relativistic family of pseudopotentials."
          source="always"
          automatic="off"
          isOverridden={spinOrbit}
          onReset={() => update({ spinOrbit: false })}
        >
          <Switch
            mt={8}
            label={spinOrbit ? 'Included' : 'Not included'}
            aria-label="Include spin-orbit coupling"
            checked={spinOrbit}
            onChange={(event) => update({ spinOrbit: event.currentTarget.checked })}
          />
        </DerivedRow>
      )}
      {isShown('hubbard u correlation d f') && <HubbardRows />}
    </>
  );
}
