'use client';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './fields.module.css';

interface Props {
  name: string;
  /** What it is, for those who meet the word for the first time. */
  help: string;
  /** Where the automatic value comes from: "0.15 1/Å, from balanced". */
  source: string;
  /** The automatic value in words, told when another is set. */
  automatic: string;
  isOverridden: boolean;
  onReset: () => void;
  children: ReactNode;
}

/** A number that the platform derives: what it is, where it comes from, and the way to set it and to put it back. */
export function DerivedRow({ name, help, source, automatic, isOverridden, onReset, children }: Props) {
  return (
    <div className={styles.row} data-set={isOverridden || undefined}>
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.help}>{help}</p>
      </div>
      <div className={styles.value}>{children}</div>
      <div className={styles.source}>
        {isOverridden ? (
          <>
            <span>set by you</span>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              onClick={onReset}
            >
              Back to {automatic}
              <span className="visually-hidden"> for {name}</span>
            </Button>
          </>
        ) : (
          <span>{source}</span>
        )}
      </div>
    </div>
  );
}
