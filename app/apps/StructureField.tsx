'use client';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../_trpc/client';
import { formulaText } from '../format/typeset';
import type { FieldProps } from './InputField';

const SHOWN = 100;

/** One of the examples, or of the project's structures, the newest first. */
export function StructureField({ widget, label, value, onChange }: FieldProps<'structure'>) {
  const trpc = useTRPC();
  const examples = useQuery(trpc.structures.examples.queryOptions());
  const stored = useQuery(trpc.structures.list.queryOptions({ limit: SHOWN }));
  const own = (stored.data?.items ?? []).map(({ id, name, formula }) => ({
    value: id,
    label: name === formula ? formulaText(formula) : `${formulaText(formula)}, ${name}`,
  }));
  const shipped = (examples.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const chosen = String(value);
  const isListed = [...own, ...shipped].some((one) => one.value === chosen);
  return (
    <Select
      label={label}
      description={widget.help}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No structure bears this name"
      data={[
        ...(isListed ? [] : [{ group: 'Chosen', items: [{ value: chosen, label: chosen }] }]),
        { group: 'Examples', items: shipped },
        { group: 'Of the project', items: own },
      ]}
      value={chosen}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
