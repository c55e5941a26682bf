import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

const icons = { bad: IconCircleX, warn: IconAlertTriangle, calm: IconInfoCircle } as const;
const words = { bad: 'Problem: ', warn: 'Warning: ', calm: 'Note: ' } as const;

interface Props {
  tone: keyof typeof icons;
  id?: string;
  role?: 'alert' | 'status';
  children: ReactNode;
}

/** A sentence for the person, with what it is told by icon and word as well as by colour. */
export function Notice({ tone, id, role, children }: Props) {
  const Icon = icons[tone];
  return (
    <div className={styles.notice} data-tone={tone} id={id} role={role}>
      <Icon size={18} stroke={1.8} aria-hidden className={styles.icon} />
      <div>
        <span className="visually-hidden">{words[tone]}</span>
        {children}
      </div>
    </div>
  );
}
