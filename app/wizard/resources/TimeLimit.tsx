'use client';
import { NativeSelect } from '@mantine/core';
import { DerivedRow } from '../../fields/DerivedRow';
import { NumberField } from '../../fields/NumberField';
import styles from './resources-step.module.css';

const units = { min: 60, h: 3_600, d: 86_400 } as const;
type Unit = keyof typeof units;
const DEFAULT_SECONDS = 12 * 3_600;
const LIMIT_SECONDS = 30 * 86_400;

/** The largest unit in which the limit is a whole number. */
const unitOf = (seconds: number): Unit => (['d', 'h'] as const).find((unit) => seconds % units[unit] === 0) ?? 'min';

interface Props {
  seconds: number;
  onChange: (seconds: number) => void;
}

/** After this time a job is ended; what it had done stays in its checkpoint. */
export function TimeLimit({ seconds, onChange }: Props) {
  const unit = unitOf(seconds);
  return (
    <DerivedRow
      name="Time limit"
      help="Each job is ended after it, so that nothing runs for ever."
      source="always"
      automatic="12 h"
      isOverridden={seconds !== DEFAULT_SECONDS}
      onReset={() => onChange(DEFAULT_SECONDS)}
    >
      <div className={styles.limit}>
        <NumberField
          label="Time limit"
          isLabelHidden
          width={90}
          min={unit === 'min' ? 0.5 : 1}
          max={LIMIT_SECONDS / units[unit]}
          value={seconds / units[unit]}
          onChange={(value) => onChange(Math.round(value * units[unit]))}
        />
        <NativeSelect
          aria-label="Unit of the time limit"
          size="sm"
          value={unit}
          onChange={(event) => {
            const next = units[event.currentTarget.value as Unit];
            onChange(Math.min(LIMIT_SECONDS, (seconds / units[unit]) * next));
          }}
          data={[
            { value: 'min', label: 'minutes' },
            { value: 'h', label: 'hours' },
            { value: 'd', label: 'days' },
          ]}
        />
      </div>
    </DerivedRow>
  );
}
