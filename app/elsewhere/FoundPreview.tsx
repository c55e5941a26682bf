'use client';
import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { Formula, SpaceGroup } from '../components/Typeset';
import { StructureView } from '../structure/StructureView';
import styles from './elsewhere.module.css';

interface Props {
  id: string;
  entryId: string;
  takeLabel: string;
  isTaking: boolean;
  onTake: () => void;
  onClose: () => void;
}

/** A crystal that was found, before it is taken. It stands over the table, and comes into sight when it is opened. */
export function FoundPreview({ id, entryId, takeLabel, isTaking, onTake, onClose }: Props) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.elsewhere.entry.queryOptions({ id, entryId }));
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry is another thing to look at.
  useEffect(() => title.current?.focus(), [entryId]);
  return (
    <section className={styles.preview} aria-labelledby="preview-title">
      <div className={styles.previewHead}>
        <h2 id="preview-title" ref={title} tabIndex={-1} className={styles.previewTitle}>
          {data ? `${data.name}, ${data.source.fileName}` : 'A crystal that was found'}
        </h2>
        <CloseButton onClick={onClose} aria-label="Close the preview" />
      </div>
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      {!data && !error && <div className={styles.waiting}>The structure is on its way.</div>}
      {data && (
        <>
          <div className={styles.foundHead}>
            <p className={styles.formula}>
              <Formula of={data.formula} /> {data.symmetry && <SpaceGroup symbol={data.symmetry.spaceGroupSymbol} />}
            </p>
            <Button loading={isTaking} onClick={onTake}>
              {takeLabel}
            </Button>
          </div>
          <StructureView structure={data} />
        </>
      )}
    </section>
  );
}
