'use client';
import { type ElectronicType, electronicTypes, type Functional } from '@/server/schemas/settings';
import { useWizard } from '../draft-context';
import { ChoiceCards } from './ChoiceCards';

const functionalTexts: { value: Functional; title: string; text: string }[] = [
  { value: 'pbe', title: 'PBE', text: 'The common choice for solids; lattices come out a little large.' },
  { value: 'pbesol', title: 'PBEsol', text: 'PBE made for solids: better lattices, worse molecules.' },
  { value: 'lda-pw92', title: 'LDA, Perdew–Wang', text: 'No gradients; lattices come out a little small.' },
  { value: 'lda-pz', title: 'LDA, Perdew–Zunger', text: 'The older fit, to compare with older work.' },
];

const electronicTexts: Record<ElectronicType, { title: string; text: string }> = {
  unknown: { title: 'Not known', text: 'Safe for both: cold smearing, a dense mesh, and the report says what it is.' },
  metal: { title: 'Metal', text: 'Cold smearing and a dense mesh, since bands cross the Fermi level.' },
  insulator: { title: 'Insulator', text: 'Fixed occupations and a mesh half as dense; wrong for a metal.' },
};

/** The functional, and what is known of the electrons. */
export function PhysicsChoice() {
  const { draft, update } = useWizard();
  return (
    <>
      <ChoiceCards
        legend="Functional"
        name="functional"
        value={draft.data.functional}
        onChange={(functional) => update({ functional })}
        choices={functionalTexts}
      />
      <ChoiceCards
        legend="Metal or insulator"
        name="electronicType"
        value={draft.data.electronicType}
        onChange={(electronicType) => update({ electronicType })}
        choices={electronicTypes.toReversed().map((value) => ({ value, ...electronicTexts[value] }))}
      />
    </>
  );
}
