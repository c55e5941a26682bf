'use client';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Bounds, readNumber } from './parse-decimal';

interface Props extends Bounds {
  label: string;
  /** Stands in the field's name and behind the number. */
  unit?: string;
  value: number;
  onChange: (value: number) => void;
  /** The label is shown elsewhere. */
  isLabelHidden?: boolean;
  width?: number;
  describedBy?: string;
}

/** A number typed with comma or point. What is not a number yet stays in the field, with a sentence that says what would do. */
export function NumberField({
  label,
  unit,
  value,
  onChange,
  isLabelHidden = false,
  width = 130,
  describedBy,
  ...bounds
}: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readNumber(typed, bounds);
  const name = unit ? `${label} (${unit})` : label;
  return (
    <TextInput
      {...(isLabelHidden ? { 'aria-label': name } : { label: name })}
      w={width}
      size="sm"
      inputMode={bounds.isWhole ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={typed ?? String(value)}
      error={read && 'problem' in read ? read.problem : null}
      aria-describedby={describedBy}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const next = readNumber(text, bounds);
        if ('value' in next && next.value !== value) onChange(next.value);
      }}
      onBlur={() => {
        if (read && 'value' in read) setTyped(null);
      }}
      styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
    />
  );
}
