'use client';
import { Button, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { propertyIds } from '@/server/properties/ids';
import type { ProcessState } from '@/server/schemas/process';
import { stateLooks } from '../components/StateBadge';
import { propertyPanels } from '../properties/registry';
import { type CalculationFilters, filterAddress, hasFilters } from './filters';
import styles from './lists.module.css';

const PATH = '/calculations';
const TYPING_MS = 300;

/** States as a person thinks of them; some stand for several of the server's. */
const stateChoices: { name: string; states: ProcessState[] }[] = [
  { name: 'running', states: ['running'] },
  { name: 'waiting', states: ['created', 'waiting', 'queued'] },
  { name: 'paused', states: ['paused'] },
  { name: 'finished', states: ['finished'] },
  { name: 'failed', states: ['failed'] },
  { name: 'stopped', states: ['killed'] },
];

const shortFields = [
  { name: 'formula', label: 'Formula', placeholder: 'LiCoO2' },
  { name: 'elements', label: 'Elements', placeholder: 'Li O' },
  { name: 'tag', label: 'Tag', placeholder: 'figure 2' },
] as const;

const typedIn = ({ text, formula, elements, tag }: CalculationFilters) => ({ text, formula, elements, tag });

/** Filters that apply as one types; a plain form where scripts are off. */
export function FilterForm({ filters }: { filters: CalculationFilters }) {
  const router = useRouter();
  const [typed, setTyped] = useState(typedIn(filters));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { text, formula, elements, tag } = filters;
  useEffect(() => setTyped({ text, formula, elements, tag }), [text, formula, elements, tag]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const go = (changes: Partial<CalculationFilters>) =>
    router.replace(filterAddress(PATH, { ...filters, ...typed, ...changes, after: [] }), { scroll: false });
  const type = (changes: Partial<typeof typed>) => {
    setTyped({ ...typed, ...changes });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(changes), TYPING_MS);
  };
  const toggle = (states: ProcessState[]) => {
    const isOn = states.every((state) => filters.states.includes(state));
    const others = filters.states.filter((state) => !states.includes(state));
    go({ states: isOn ? others : [...others, ...states] });
  };
  return (
    <search>
      <form
        className={styles.filters}
        action={PATH}
        onSubmit={(event) => {
          event.preventDefault();
          go({});
        }}
      >
        <TextInput
          className={styles.text}
          name="text"
          label="Label"
          placeholder="Part of the label"
          leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
          value={typed.text}
          onChange={(event) => type({ text: event.currentTarget.value })}
        />
        {shortFields.map(({ name, label, placeholder }) => (
          <TextInput
            key={name}
            className={styles.short}
            name={name}
            label={label}
            placeholder={placeholder}
            value={typed[name]}
            onChange={(event) => type({ [name]: event.currentTarget.value })}
          />
        ))}
        <Select
          className={styles.short}
          name="property"
          label="Property"
          placeholder="any"
          data={propertyIds.map((id) => ({ value: id, label: propertyPanels[id].title }))}
          value={filters.property || null}
          onChange={(property) => go({ property: property ?? '' })}
          clearable
        />
        <TextInput
          className={styles.short}
          type="date"
          name="from"
          label="From"
          value={filters.from}
          max={filters.to || undefined}
          onChange={(event) => go({ from: event.currentTarget.value })}
        />
        <TextInput
          className={styles.short}
          type="date"
          name="to"
          label="To"
          value={filters.to}
          min={filters.from || undefined}
          onChange={(event) => go({ to: event.currentTarget.value })}
        />
        <fieldset className={styles.states}>
          <legend>State</legend>
          {stateChoices.map(({ name, states }) => {
            const { icon: Icon } = stateLooks[states.at(-1)!];
            const isOn = states.every((state) => filters.states.includes(state));
            return (
              <button key={name} type="button" aria-pressed={isOn} onClick={() => toggle(states)}>
                <Icon size={15} stroke={1.8} aria-hidden />
                {name}
              </button>
            );
          })}
        </fieldset>
        {hasFilters(filters) && (
          <Button component={Link} href={PATH} variant="subtle" size="compact-md" className={styles.clear}>
            Clear
          </Button>
        )}
        <noscript>
          <button type="submit">Filter</button>
        </noscript>
      </form>
    </search>
  );
}
