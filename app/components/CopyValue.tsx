'use client';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './copy-value.module.css';

interface Props {
  /** What is copied: the full value, also where a rounded one is shown. */
  value: string;
  /** What it is, for those who do not see it: "the Fermi level". */
  name: string;
  children: ReactNode;
}

/** A value that a click copies. */
export function CopyValue({ value, name, children }: Props) {
  const { copy, copied } = useClipboard({ timeout: 1500 });
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <button type="button" className={styles.copy} onClick={() => copy(value)} title={`Copy ${value}`}>
      {children}
      <Icon size={14} stroke={1.8} className={styles.icon} aria-hidden />
      <span className="visually-hidden">, copy {name}</span>
      <span className="visually-hidden" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  );
}
