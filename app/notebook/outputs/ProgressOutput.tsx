'use client';
import { JsonTree } from './JsonTree';
import styles from './outputs.module.css';
import { readProgress } from './read-progress';

/** How far something is: `{"value": 3, "max": 10, "label": "Bands", "href": "/calculations/…"}`. A display with an id is changed in place. */
export function ProgressOutput({ value }: { value: unknown }) {
  const progress = readProgress(value);
  if (!progress) return <JsonTree value={value} />;
  const { label, max, href, isEnded } = progress;
  return (
    <p className={styles.progress}>
      {!isEnded && <progress value={progress.value} max={max} aria-label={label} />}
      <span className="figures">{label}</span>
      {href && (
        <a href={href} target="_blank" rel="noopener noreferrer">
          page
        </a>
      )}
    </p>
  );
}
