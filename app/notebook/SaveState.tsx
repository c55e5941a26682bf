'use client';
import { IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react';
import styles from './notebook.module.css';
import { useSaving } from './use-notebook';

const words = {
  saved: { text: 'Saved', icon: IconCloudCheck },
  saving: { text: 'Saving', icon: IconCloudUp },
  away: { text: 'Not connected; kept on this page', icon: IconCloudOff },
} as const;

/** Whether all that was typed here is stored. */
export function SaveState() {
  const saving = useSaving();
  const { text, icon: Icon } = words[saving];
  return (
    <span className={styles.saving} data-state={saving}>
      <Icon size={15} stroke={1.7} aria-hidden />
      <span role="status">{text}</span>
    </span>
  );
}
