'use client';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { readSites, writeSites } from './site-list';

/** Sites by their numbers. What cannot be read stays in the field. */
export function SitesField({ value, onChange }: { value: number[]; onChange: (sites: number[]) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? value : readSites(typed);
  return (
    <TextInput
      aria-label="Sites that keep their place"
      size="sm"
      w={200}
      placeholder="none"
      autoComplete="off"
      value={typed ?? writeSites(value)}
      error={read === null ? 'Numbers of sites, such as 1, 3–6.' : null}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const sites = readSites(text);
        if (sites) onChange(sites);
      }}
      onBlur={() => {
        if (read) setTyped(null);
      }}
    />
  );
}
