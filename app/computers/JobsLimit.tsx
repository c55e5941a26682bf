'use client';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

interface Props {
  label: string;
  description: string;
  jobsMax: number | null;
  /** Why the last change was refused. */
  problem: string | null;
  isPending: boolean;
  onChange: (jobsMax: number | null) => void;
}

/** How many jobs may run at once; an empty field sets no limit. */
export function JobsLimit({ label, description, jobsMax, problem, isPending, onChange }: Props) {
  const known = jobsMax === null ? '' : String(jobsMax);
  const [typed, setTyped] = useState<string | null>(null);
  const text = (typed ?? known).trim();
  const isNumber = text === '' || /^[1-9]\d{0,3}$/.test(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNumber) onChange(text === '' ? null : Number(text));
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={label}
        description={description}
        inputMode="numeric"
        autoComplete="off"
        placeholder="no limit"
        maw={320}
        value={typed ?? known}
        error={isNumber ? problem : 'A whole number from 1 to 9999, or nothing.'}
        onChange={(event) => setTyped(event.currentTarget.value)}
        rightSectionWidth={72}
        rightSection={
          text !== known && (
            <Button type="submit" size="compact-sm" variant="default" disabled={!isNumber} loading={isPending}>
              Set
            </Button>
          )
        }
      />
    </form>
  );
}
