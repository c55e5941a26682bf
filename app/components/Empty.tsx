import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** Where there is nothing yet: what will be here, and how it gets there. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children && <div className="soft">{children}</div>}
      {action}
    </div>
  );
}
