'use client';
import { useQuery } from '@tanstack/react-query';
import { priorities } from '@/server/schemas/settings';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import { bytes } from '../../format/number';
import { useWizard } from '../draft-context';
import { ChoiceCards } from '../properties/ChoiceCards';
import { StepHeading } from '../StepHeading';
import { EstimateTable } from './EstimateTable';
import { priorityWords } from './priority-words';
import styles from './resources-step.module.css';
import { TimeLimit } from './TimeLimit';
import { Watching } from './Watching';

/** Step 3: where it runs, with how much, and for how long. */
export function ResourcesStep() {
  const trpc = useTRPC();
  const { draft, resolved, update } = useWizard();
  const computers = useQuery(trpc.computers.list.queryOptions());
  const { resources } = draft.data;
  const chosen =
    computers.data?.find(({ id }) => id === (resources.computerId ?? resolved?.computer?.id)) ?? computers.data?.[0];
  const set = (changes: Partial<typeof resources>) => update({ resources: { ...resources, ...changes } });
  return (
    <>
      <StepHeading step="resources" />
      <div className={styles.sections}>
        {computers.error && <Notice tone="bad">{messageOf(computers.error)}</Notice>}
        <ChoiceCards
          legend="Computer"
          name="computer"
          value={chosen?.id ?? ''}
          onChange={(computerId) => set({ computerId, cores: null })}
          choices={(computers.data ?? [])
            .filter(({ isEnabled }) => isEnabled)
            .map(({ id, name, cores, memoryBytes, coresInUse, jobsWaiting }) => ({
              value: id,
              title: name,
              text: `${cores} cores, ${bytes(memoryBytes)}. ${coresInUse === 0 ? 'Idle now.' : `${coresInUse} cores are busy${jobsWaiting > 0 ? `, ${jobsWaiting} jobs wait` : ''}.`}`,
            }))}
        />
        <section aria-labelledby="how-much">
          <h2 id="how-much">How much of it</h2>
          <DerivedRow
            name="Cores"
            help="k-points are shared among them; more than k-points bring nothing."
            source={resolved?.cores.source ?? ''}
            automatic={String(resolved?.cores.automatic ?? '')}
            isOverridden={resources.cores !== null}
            onReset={() => set({ cores: null })}
          >
            <NumberField
              label="Cores"
              isLabelHidden
              isWhole
              min={1}
              max={chosen?.cores ?? 1024}
              value={resources.cores ?? resolved?.cores.value ?? 1}
              onChange={(cores) => set({ cores })}
            />
          </DerivedRow>
          <TimeLimit seconds={resources.timeLimitSeconds} onChange={(timeLimitSeconds) => set({ timeLimitSeconds })} />
        </section>
        <ChoiceCards
          legend="Priority"
          name="priority"
          value={resources.priority}
          onChange={(priority) => set({ priority })}
          choices={priorities.map((value) => ({
            value,
            title: priorityWords[value].name.replace(' priority', ''),
            text: priorityWords[value].text,
          }))}
          help={<p className="faint">Between people the queue stays fair, whatever they choose.</p>}
        />
        <Watching resources={resources} set={set} />
        <EstimateTable />
      </div>
    </>
  );
}
