'use client';
import { memo } from 'react';
import type { Cell, Output } from '@/server/schemas/notebook/state';
import { ErrorText } from './ErrorText';
import styles from './outputs.module.css';
import { RichOutput } from './RichOutput';
import { StreamText } from './StreamText';

/** What a cell put out. */
export function Outputs({ cell, number, isNear }: { cell: Cell; number: number; isNear: boolean }) {
  const { outputs, outputsLeftOut, isTrusted } = cell;
  if (outputs.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of what belongs to one cell; a fieldset is for forms.
    <div className={styles.outputs} role="group" aria-label={`Output of cell ${number}`}>
      {outputs.map((output, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: outputs come one after the other, and have no other name.
        <OneOutput key={i} output={output} isTrusted={isTrusted} isNear={isNear} />
      ))}
      {outputsLeftOut > 0 && (
        <p className={styles.leftOut}>
          {outputsLeftOut.toLocaleString('en')} outputs between the first and the last were left out.
        </p>
      )}
    </div>
  );
}

/** Drawn anew only when it is another: a frame keeps what happens in it. */
const OneOutput = memo(function OneOutput({
  output,
  isTrusted,
  isNear,
}: {
  output: Output;
  isTrusted: boolean;
  isNear: boolean;
}) {
  if (output.kind === 'stream') return <StreamText output={output} />;
  if (output.kind === 'error') return <ErrorText output={output} />;
  return isNear ? <RichOutput output={output} isTrusted={isTrusted} /> : <div className={styles.waiting} />;
});
