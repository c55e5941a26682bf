'use client';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { shownText } from '@/server/schemas/notebook/outputs';
import type { StreamOutput } from '@/server/schemas/notebook/state';
import { bytes } from '../../format/number';
import { useOpenNotebook } from '../use-notebook';
import { AnsiText } from './AnsiText';
import { blobAddress } from './blob-address';
import styles from './outputs.module.css';
import { scrolledByKeys } from './scrolled-by-keys';

/** Of a text that is shown whole, characters. */
const SHOWN_MAX = 2_000_000;

/** What was printed; of much its beginning and its end, with the way to all of it. */
export function StreamText({ output }: { output: StreamOutput }) {
  const { client } = useOpenNotebook();
  const [all, setAll] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { name, head, tail, leftOut, all: kept } = output;
  const showAll = async () => {
    const response = await fetch(blobAddress(client.id, kept!.blob)).catch(() => null);
    if (!response?.ok) return setFault('It could not be fetched from the platform. Try again in a moment.');
    setAll(shownText((await response.text()).slice(0, SHOWN_MAX)));
  };
  if (all !== null)
    return (
      <>
        <Text name={name} text={all} />
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(null)}>
          Show less
        </Button>
      </>
    );
  if (!leftOut) return <Text name={name} text={shownText(head + tail)} />;
  return (
    <>
      <Text name={name} text={head} />
      <div className={styles.leftOut}>
        <span>
          {leftOut.lines.toLocaleString('en')} lines, {bytes(leftOut.characters)}, left out here.
        </span>
        {kept && (
          <>
            <Button variant="subtle" size="compact-xs" onClick={() => void showAll()}>
              {kept.isWhole && kept.bytes < SHOWN_MAX ? 'Show all' : `Show the first ${bytes(SHOWN_MAX)}`}
            </Button>
            <Button
              component="a"
              href={blobAddress(client.id, kept.blob)}
              download={`${name}.txt`}
              variant="subtle"
              size="compact-xs"
            >
              Download {kept.isWhole ? '' : 'the first '}
              {bytes(kept.bytes)}
            </Button>
          </>
        )}
        {fault && <span role="alert">{fault}</span>}
      </div>
      <Text name={name} text={shownText(tail)} isTail />
    </>
  );
}

/** Of the end of a long text its end is seen first. */
function Text({ name, text, isTail = false }: { name: string; text: string; isTail?: boolean }) {
  const element = useRef<HTMLPreElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it goes to its end as the text grows.
  useEffect(() => {
    if (isTail && element.current) element.current.scrollTop = element.current.scrollHeight;
  }, [isTail, text]);
  const isLong = text.length > 3_000;
  return (
    <pre
      ref={element}
      className={styles.text}
      data-name={name}
      {...(isLong ? scrolledByKeys(name === 'stderr' ? 'Error output' : 'Output') : {})}
    >
      <AnsiText text={text} />
    </pre>
  );
}
