'use client';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import styles from './notebook.module.css';
import { useOpenNotebook } from './use-notebook';

/** A new cell below the active one. */
export function AddBar() {
  const { commands } = useOpenNotebook();
  const add = (label: string, type: 'code' | 'markdown') => (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      leftSection={<IconPlus size={13} aria-hidden />}
      onClick={() => commands.insertBelow(type, 'edit')}
    >
      {label}
    </Button>
  );
  return (
    <div className={styles.add}>
      {add('Code', 'code')}
      {add('Text', 'markdown')}
    </div>
  );
}
