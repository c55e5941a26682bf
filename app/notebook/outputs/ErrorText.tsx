import { IconCircleX } from '@tabler/icons-react';
import { withoutAnsi } from '@/server/schemas/notebook/ansi-sequence';
import type { ErrorOutput } from '@/server/schemas/notebook/state';
import { AnsiText } from './AnsiText';
import styles from './outputs.module.css';
import { scrolledByKeys } from './scrolled-by-keys';

/** An error: its name and what it says first, then where it came from. */
export function ErrorText({ output: { name, message, trace } }: { output: ErrorOutput }) {
  const text = trace.join('\n');
  return (
    <div className={styles.error}>
      <p className={styles.errorHead}>
        <IconCircleX size={17} stroke={1.8} aria-hidden />
        <span>
          <b>{name || 'Error'}</b>
          {message && `: ${withoutAnsi(message)}`}
        </span>
      </p>
      {text.trim() !== '' && (
        <pre className={styles.text} {...scrolledByKeys('Trace of the error')}>
          <AnsiText text={text} />
        </pre>
      )}
    </div>
  );
}
