import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { type ColumnHead, headText } from '@/server/schemas/explorer/columns';
import { WithUnits } from '../components/Typeset';
import styles from './histogram.module.css';

interface Props {
  head: ColumnHead;
  /** Null: it stands there without a condition. */
  onRemove: (() => void) | null;
  children: ReactNode;
}

/** A filter on one column: its name, and the way to take it away. */
export function FilterFrame({ head, onRemove, children }: Props) {
  const id = useId();
  return (
    <section className={styles.filter} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id} title={head.description}>
          <WithUnits text={headText(head)} />
        </h3>
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={onRemove}
            aria-label={`Take away the filter on ${head.title}`}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {children}
    </section>
  );
}
