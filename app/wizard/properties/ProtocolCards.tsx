'use client';
import { type Protocol, protocols } from '@/server/schemas/settings';
import { HelpLink } from '../../help/HelpLink';
import { useWizard } from '../draft-context';
import { ChoiceCards } from './ChoiceCards';

const texts: Record<Protocol, { title: string; text: string }> = {
  fast: { title: 'Fast', text: 'To see whether it works: coarse mesh, low cutoff. Bands are right in shape.' },
  balanced: { title: 'Balanced', text: 'For most work: energies and bands settled to what a figure shows.' },
  stringent: { title: 'Stringent', text: 'For reference values and small differences. Several times the cost.' },
};

/** How well: one choice from which the numbers follow. */
export function ProtocolCards() {
  const { draft, update } = useWizard();
  return (
    <ChoiceCards
      legend="How well"
      name="protocol"
      value={draft.data.protocol}
      onChange={(protocol) => update({ protocol })}
      choices={protocols.map((value) => ({ value, ...texts[value] }))}
      help={
        <HelpLink guide="accuracy" section="cutoffs">
          What the cutoffs leave
        </HelpLink>
      }
    />
  );
}
