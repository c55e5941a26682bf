'use client';
import { ActionIcon, MultiSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId } from 'react';
import type { ColumnHead } from './columns';
import styles from './histogram.module.css';

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
  const id = useId();
  return (
    <section className={styles.filter} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id} title={head.description}>
          {head.title}
        </h3>
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={onRemove}
            aria-label={`Take away the filter on ${head.title}`}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
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
    </section>
  );
}
