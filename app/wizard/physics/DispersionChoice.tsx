'use client';
import { NativeSelect } from '@mantine/core';
import { dispersions, type Physics } from '@/server/schemas/settings';
import { useWizard } from '../draft-context';
import stepStyles from '../properties/properties-step.module.css';
import { dispersionNames } from './dispersion-names';

/** What the embedded engine can. */
const embedded: readonly Physics['dispersion'][] = ['none', 'd3bj'];

/** The attraction between atoms far apart, which the functionals lack. */
export function DispersionChoice() {
  const { draft, update } = useWizard();
  const { dispersion, engine } = draft.data;
  return (
    <fieldset className={stepStyles.section}>
      <legend>Dispersion</legend>
      <NativeSelect
        aria-label="Dispersion"
        w={340}
        maw="100%"
        value={dispersion}
        description="Holds layers and molecules together; the functionals alone do not. rVV10 and vdW-DF2 replace the functional."
        onChange={(event) => update({ dispersion: event.currentTarget.value as Physics['dispersion'] })}
        data={dispersions.map((value) => ({
          value,
          label: `${dispersionNames[value]}${engine === 'planewave' && !embedded.includes(value) ? ' (Quantum ESPRESSO)' : ''}`,
        }))}
      />
    </fieldset>
  );
}
