'use client';
import type { AppInput } from '@/server/schemas/app/inputs';
import styles from './app-page.module.css';
import { InputField } from './InputField';
import type { Values } from './input-values';

interface Props {
  inputs: readonly AppInput[];
  values: Values;
  /** null until the visitor's copy is there. */
  visitId: string | null;
  onChange: (changes: Values) => void;
  onFault: (fault: string | null) => void;
}

/** The inputs of an app, one below the other. */
export function InputForm({ inputs, values, visitId, onChange, onFault }: Props) {
  if (inputs.length === 0) return null;
  return (
    <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
      {inputs.map((input) => (
        <InputField
          key={input.name}
          input={input}
          value={values[input.name] ?? input.initial}
          visitId={visitId}
          onChange={(value) => onChange({ [input.name]: value })}
          onFault={onFault}
        />
      ))}
    </form>
  );
}
