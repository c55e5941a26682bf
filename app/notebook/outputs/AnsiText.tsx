import { useMemo } from 'react';
import { parseAnsi } from '@/server/schemas/notebook/ansi';
import styles from './ansi.module.css';

/** Text of a terminal in its colours. */
export function AnsiText({ text }: { text: string }) {
  const spans = useMemo(() => parseAnsi(text), [text]);
  return spans.map(({ text: piece, looks, color, background }, i) =>
    looks.length === 0 && !color && !background ? (
      piece
    ) : (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name than their place.
        key={i}
        className={looks.map((look) => styles[look]).join(' ')}
        style={{ color: color ?? undefined, backgroundColor: background ?? undefined }}
      >
        {piece}
      </span>
    ),
  );
}
