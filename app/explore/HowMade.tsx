'use client';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { EntryMaking } from '@/server/schemas/datasets';
import { CopyValue } from '../components/CopyValue';
import { download } from '../components/download';
import { counted } from '../format/number';
import { duration } from '../format/time';
import styles from './entry.module.css';

const titles: Record<string, string> = { relax: 'Relaxation', bands: 'Bands' };

/** How an entry that Brine computed was made, with all that is needed to compute it again. */
export function HowMade({ making, entryKey }: { making: EntryMaking; entryKey: string }) {
  const { command, kernel, runs, endedAt, protocol } = making;
  return (
    <section aria-labelledby="making-title" className={styles.making}>
      <h2 id="making-title">How this was made</h2>
      <p>
        Computed with the embedded engine {kernel.version} on {endedAt.slice(0, 10)}, by version {protocol} of the
        dataset’s protocol. To run the same inputs again and compare:
      </p>
      <p>
        <CopyValue value={command} name="the command">
          <code>{command}</code>
        </CopyValue>
      </p>
      <ul className={styles.runs}>
        {runs.map((run) => (
          <li key={run.name}>
            <strong>{titles[run.name] ?? run.name}</strong>
            <span className="faint">{run.failure === null ? numbersOf(run) : `failed: ${run.failure}`}</span>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} stroke={1.8} aria-hidden />}
              onClick={() => download(`${entryKey}-${run.name}.json`, run.input, 'application/json')}
            >
              Input of {(titles[run.name] ?? run.name).toLowerCase()}
            </Button>
          </li>
        ))}
      </ul>
      <details className={styles.more}>
        <summary>Program and notes</summary>
        <p>
          Program: SHA-256 <code>{kernel.sha256}</code>
          {runs[0]?.backend && <>, with {runs[0].backend}</>}.
        </p>
        <ul>
          {[...new Set(runs.flatMap(({ notes }) => notes))].map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function numbersOf({
  cutoffHartree,
  irreducibleKpoints,
  seconds,
  pseudopotentials,
}: EntryMaking['runs'][number]): string {
  const parts = [
    `${cutoffHartree} Ha`,
    ...(irreducibleKpoints === null ? [] : [counted(irreducibleKpoints, 'k-point')]),
    ...(seconds === null ? [] : [duration(seconds)]),
    Object.entries(pseudopotentials)
      .map(([element, entry]) => `${element}: ${entry}`)
      .join(', '),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
