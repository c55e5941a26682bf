'use client';
import { MultiSelect } from '@mantine/core';
import type { ColumnHead } from '@/server/schemas/explorer/columns';
import { FilterFrame } from './FilterFrame';

interface Props {
  head: ColumnHead;
  words: string[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** Null: it stands there without a condition. */
  onRemove: (() => void) | null;
}

/** More words are found by typing. */
const SHOWN = 100;

/** Which of a column's words an entry may have. */
export function WordFilter({ head, words, chosen, onChange, onRemove }: Props) {
  return (
    <FilterFrame head={head} onRemove={onRemove}>
      <MultiSelect
        size="xs"
        aria-label={`${head.title}: one of`}
        placeholder={chosen.length === 0 ? 'any' : ''}
        data={[...new Set([...words, ...chosen])]}
        limit={SHOWN}
        searchable
        clearable
        value={chosen}
        onChange={onChange}
      />
    </FilterFrame>
  );
}
