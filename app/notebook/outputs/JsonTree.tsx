'use client';
import { useState } from 'react';
import styles from './outputs.module.css';

const FIRST_MAX = 100;

/** A value of JSON, opened level by level. */
export function JsonTree({
  value,
  name = null,
  isOpen = true,
}: {
  value: unknown;
  name?: string | null;
  isOpen?: boolean;
}) {
  const [open, setOpen] = useState(isOpen);
  const [shown, setShown] = useState(FIRST_MAX);
  const label = name === null ? null : <span className={styles.jsonName}>{name}: </span>;
  if (value === null || typeof value !== 'object')
    return (
      <div className={styles.jsonLine}>
        {label}
        <span data-type={value === null ? 'null' : typeof value}>{JSON.stringify(value)?.slice(0, 20_000)}</span>
      </div>
    );
  const entries = Object.entries(value);
  const summary = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <details className={styles.json} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}
        <span className="faint">{summary}</span>
      </summary>
      {open &&
        entries
          .slice(0, shown)
          .map(([key, inner]) => (
            <JsonTree key={key} name={key} value={inner} isOpen={entries.length < 20 && name === null} />
          ))}
      {open && entries.length > shown && (
        <button type="button" className={styles.more} onClick={() => setShown(shown + 1000)}>
          {entries.length - shown} more
        </button>
      )}
    </details>
  );
}
