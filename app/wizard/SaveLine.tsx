'use client';
import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from '@tabler/icons-react';
import { clock } from '../format/time';
import type { SaveState } from './draft-saver';
import styles from './wizard.module.css';

/** "Saved 12:04"; or what stands in the way. */
export function SaveLine({ save }: { save: SaveState }) {
  const { isPending, savedAt, message } = save;
  const Icon = message ? IconAlertTriangle : isPending ? IconCloudUp : IconCloudCheck;
  return (
    <p className={styles.saved} role="status" data-trouble={message ? true : undefined}>
      <Icon size={16} stroke={1.7} aria-hidden />
      {message ?? (isPending ? 'Saving' : savedAt ? `Saved ${clock(savedAt)}` : 'Saved')}
    </p>
  );
}
