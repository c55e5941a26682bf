'use client';
import { NumberInput, Select, TextInput } from '@mantine/core';
import type { Structure } from '@/kernels/crystal/schema';
import type { Field, Values } from './edit-kinds';
import styles from './editor.module.css';

interface Props {
  fields: readonly Field[];
  structure: Structure;
  values: Values;
  onChange: (key: string, value: unknown) => void;
}

/** What an edit has to know. */
export function EditFields({ fields, structure, values, onChange }: Props) {
  return fields.map((field) => {
    const { key, label, kind, hint } = field;
    const set = (value: unknown) => onChange(key, value);
    if (kind === 'number')
      return <Amount key={key} field={field} label={withUnit(field)} hint={hint} value={values[key]} onChange={set} />;
    if (kind === 'text')
      return (
        <TextInput
          key={key}
          label={label}
          description={hint}
          value={String(values[key] ?? '')}
          onChange={(event) => set(event.currentTarget.value)}
          autoCapitalize="off"
          spellCheck={false}
          maw={160}
        />
      );
    if (kind === 'choice') {
      const options = field.options!(structure, values);
      const isKnown = options.some(({ value }) => value === values[key]);
      return (
        <Select
          key={key}
          label={label}
          data={options}
          value={isKnown ? String(values[key]) : (options[0]?.value ?? null)}
          onChange={(value) => value !== null && set(value)}
          allowDeselect={false}
        />
      );
    }
    const rows = kind === 'matrix' ? (values[key] as unknown[][]) : [values[key] as unknown[]];
    return (
      <fieldset key={key} className={styles.parts}>
        <legend>{withUnit(field)}</legend>
        {hint && <p className="faint">{hint}</p>}
        {rows.map((row, r) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row's number is its name.
          <div key={r} className={styles.row}>
            {row.map((value, c) => {
              const part = field.parts![c]!;
              return (
                <Amount
                  key={part}
                  field={field}
                  label={kind === 'matrix' ? `${part}${r + 1}` : part}
                  value={value}
                  onChange={(changed) => {
                    const next = rows.map((list) => [...list]);
                    next[r]![c] = changed;
                    set(kind === 'matrix' ? next : next[0]);
                  }}
                />
              );
            })}
          </div>
        ))}
      </fieldset>
    );
  });
}

const withUnit = ({ label, unit }: Field) => (unit ? `${label} (${unit})` : label);

interface AmountProps {
  field: Field;
  label: string;
  hint?: string;
  value: unknown;
  onChange: (value: number | string) => void;
}

const Amount = ({ field, label, hint, value, onChange }: AmountProps) => (
  <NumberInput
    label={label}
    description={hint}
    value={value as number | string}
    onChange={onChange}
    allowDecimal={!field.isInteger}
    decimalScale={8}
    step={field.step ?? 1}
    maw={160}
  />
);
