'use client';
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
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

/** A crystal that was found, before it is taken. */
export function FoundPreview({ id, entryId, takeLabel, isTaking, onTake, onClose }: Props) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.elsewhere.entry.queryOptions({ id, entryId }));
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(1100px, 94vw)"
      title={data ? `${data.name}, ${data.source.fileName}` : 'A crystal that was found'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 100 }}
    >
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      {!data && !error && <div className={styles.waiting}>The structure is on its way.</div>}
      {data && (
        <div className={styles.parts}>
          <div className={styles.foundHead}>
            <p className={styles.formula}>
              <Formula of={data.formula} /> {data.symmetry && <SpaceGroup symbol={data.symmetry.spaceGroupSymbol} />}
            </p>
            <Button loading={isTaking} onClick={onTake}>
              {takeLabel}
            </Button>
          </div>
          <StructureView structure={data} />
        </div>
      )}
    </Modal>
  );
}
