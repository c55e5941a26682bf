'use client';
import { SegmentedControl } from '@mantine/core';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTransition } from 'react';
import { type EntryCell, entryCells } from '@/server/schemas/datasets';
import styles from './entry.module.css';

const words = {
  given: 'As given',
  primitive: 'Primitive',
  conventional: 'Conventional',
  reduced: 'Reduced (Niggli)',
} as const satisfies Record<EntryCell, string>;

/** Which cell the crystal is shown in; the address says it. Symmetry, sites and Wyckoff positions are those of the cell shown. */
export function CellSwitch({ cell }: { cell: EntryCell }) {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const choose = (next: string) => {
    const parameters = new URLSearchParams(search);
    if (next === 'given') parameters.delete('cell');
    else parameters.set('cell', next);
    const query = parameters.toString();
    startTransition(() => router.replace(query ? `${path}?${query}` : path, { scroll: false }));
  };
  return (
    <div className={styles.cell} aria-busy={isPending}>
      <span aria-hidden>Cell</span>
      <SegmentedControl
        size="xs"
        aria-label="Cell that is shown"
        value={cell}
        onChange={choose}
        data={entryCells.map((value) => ({ value, label: words[value] }))}
      />
    </div>
  );
}
