'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../_trpc/client';
import { HelpLink } from '../../help/HelpLink';
import { useWizard } from '../draft-context';
import { ChoiceCards } from '../properties/ChoiceCards';

/** Which program computes. Where Quantum ESPRESSO is missing its card says how to get it, and all else works. */
export function EngineChoice() {
  const trpc = useTRPC();
  const { draft, resolved, update } = useWizard();
  const computers = useQuery(trpc.computers.list.queryOptions());
  const wanted = draft.data.resources.computerId ?? resolved?.computer?.id;
  const computer = computers.data?.find(({ id }) => id === wanted) ?? computers.data?.[0];
  const version = computer?.espresso ?? null;
  const isMissing = computer !== undefined && version === null;
  return (
    <ChoiceCards
      legend="Engine"
      name="engine"
      value={draft.data.engine}
      onChange={(engine) => update({ engine })}
      choices={[
        {
          value: 'planewave',
          title: 'Embedded engine',
          text: 'Plane waves and norm-conserving pseudopotentials, built in: nothing to install.',
        },
        {
          value: 'espresso',
          title: 'Quantum ESPRESSO',
          text: isMissing
            ? `Not installed on ${computer.name}. On Debian: apt-get install quantum-espresso; it is found within half a minute.`
            : `pw.x ${version ?? ''} on this computer: Hubbard U, more dispersion corrections, spin-orbit coupling, installed pseudopotentials.`,
          // A draft that names it stays as it is, and says what it lacks.
          isOff: isMissing && draft.data.engine !== 'espresso',
        },
      ]}
      help={
        <HelpLink guide="quantum-espresso" section={isMissing ? 'getting-it' : 'what-it-does-here'}>
          {isMissing ? 'How to get Quantum ESPRESSO' : 'What each engine does'}
        </HelpLink>
      }
    />
  );
}
