'use client';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConditionError, conditionNames, parseCondition } from '@/server/schemas/condition';
import type { Resources } from '@/server/schemas/settings';
import { NumberField } from '../../fields/NumberField';
import { HelpLink } from '../../help/HelpLink';
import styles from './resources-step.module.css';

type Monitors = Resources['monitors'];

interface Props {
  resources: Resources;
  set: (changes: Partial<Resources>) => void;
}

/** What is watched while a job runs, what is done about known failures, and what becomes of its folder. */
export function Watching({ resources, set }: Props) {
  const { monitors, restarts, scratch } = resources;
  const change = (changes: Partial<Monitors>) => set({ monitors: { ...monitors, ...changes } });
  return (
    <details className={styles.folded} open={isAnySet(resources)}>
      <summary>Watching, trying again, scratch</summary>
      <div className={styles.watching}>
        <Watched
          label="Stop a cycle that comes no nearer"
          unit="iterations"
          value={monitors.stalledIterations}
          start={30}
          bounds={{ min: 2, max: 1000, isWhole: true }}
          onChange={(stalledIterations) => change({ stalledIterations })}
        />
        <Watched
          label="Stop when the energy still jumps after the fifth iteration"
          unit="eV"
          value={monitors.energyJumpEv}
          start={100}
          bounds={{ min: 1e-3, max: 1e6 }}
          onChange={(energyJumpEv) => change({ energyJumpEv })}
        />
        <Watched
          label="Stop in good order before the time limit"
          unit="% of it"
          value={monitors.timeShare === null ? null : Math.round(100 * monitors.timeShare)}
          start={95}
          bounds={{ min: 10, max: 99, isWhole: true }}
          onChange={(percent) => change({ timeShare: percent === null ? null : percent / 100 })}
        />
        <ConditionField value={monitors.condition} onChange={(condition) => change({ condition })} />
        <Checkbox
          label="Try known failures again with something changed"
          description="At most three times; each try is a note of the calculation."
          checked={restarts}
          onChange={(event) => set({ restarts: event.currentTarget.checked })}
        />
        <div className={styles.limit}>
          <NativeSelect
            label="The folder in which a job ran"
            value={scratch.policy}
            onChange={(event) =>
              set({ scratch: { ...scratch, policy: event.currentTarget.value as Resources['scratch']['policy'] } })
            }
            data={[
              { value: 'days', label: 'is removed some days after the end' },
              { value: 'until-success', label: 'is removed when the job succeeds' },
              { value: 'kept', label: 'is kept' },
            ]}
          />
          {scratch.policy === 'days' && (
            <NumberField
              label="Days"
              isWhole
              min={1}
              max={3650}
              width={90}
              value={scratch.days}
              onChange={(days) => set({ scratch: { ...scratch, days } })}
            />
          )}
        </div>
        <HelpLink guide="workflows">How jobs are watched and tried again</HelpLink>
      </div>
    </details>
  );
}

interface WatchedProps {
  label: string;
  unit: string;
  value: number | null;
  /** The value when it is turned on. */
  start: number;
  bounds: { min: number; max: number; isWhole?: boolean };
  onChange: (value: number | null) => void;
}

function Watched({ label, unit, value, start, bounds, onChange }: WatchedProps) {
  return (
    <div className={styles.limit}>
      <Checkbox
        label={label}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? start : null)}
      />
      {value !== null && (
        <NumberField
          label={label}
          unit={unit}
          isLabelHidden
          width={110}
          value={value}
          onChange={onChange}
          {...bounds}
        />
      )}
      {value !== null && <span className="faint">{unit}</span>}
    </div>
  );
}

/** What is no condition yet stays in the field, with a sentence that says what is wrong. */
function ConditionField({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const [typed, setTyped] = useState(value ?? '');
  const problem = typed.trim() === '' ? null : problemOf(typed);
  return (
    <TextInput
      label="Stop when this holds"
      placeholder="iteration > 40 and residual > 1e-3"
      description={`Of ${Object.keys(conditionNames).join(', ')}.`}
      autoComplete="off"
      spellCheck={false}
      value={typed}
      error={problem}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        if (text.trim() === '') onChange(null);
        else if (problemOf(text) === null) onChange(text);
      }}
    />
  );
}

function problemOf(text: string): string | null {
  try {
    parseCondition(text);
    return null;
  } catch (err) {
    if (err instanceof ConditionError) return err.message;
    throw err;
  }
}

const isAnySet = ({ monitors, restarts, scratch }: Resources) =>
  !restarts || scratch.policy !== 'days' || scratch.days !== 1 || Object.values(monitors).some((one) => one !== null);
