'use client';
import type { ReactNode } from 'react';
import styles from './properties-step.module.css';

interface Props<Value extends string> {
  legend: string;
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  /** A way to read more, below the choices. */
  help?: ReactNode;
  /** One that is off cannot be chosen; its text says why. */
  choices: { value: Value; title: string; text: string; isOff?: boolean }[];
}

/** One of a few, each with a sentence. Native radio buttons, so that arrow keys choose. */
export function ChoiceCards<Value extends string>({ legend, name, value, onChange, choices, help }: Props<Value>) {
  return (
    <fieldset className={styles.section}>
      <legend>{legend}</legend>
      <div className={styles.choices} data-count={choices.length}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={styles.choice}
            data-chosen={choice.value === value || undefined}
            data-off={choice.isOff || undefined}
          >
            <span className={styles.cardHead}>
              <input
                type="radio"
                name={name}
                checked={choice.value === value}
                disabled={choice.isOff}
                aria-labelledby={`${name}-${choice.value}-title`}
                aria-describedby={`${name}-${choice.value}`}
                onChange={() => onChange(choice.value)}
              />
              <span id={`${name}-${choice.value}-title`} className={styles.cardTitle}>
                {choice.title}
              </span>
            </span>
            <span id={`${name}-${choice.value}`} className={styles.cardText}>
              {choice.text}
            </span>
          </label>
        ))}
      </div>
      {help}
    </fieldset>
  );
}
