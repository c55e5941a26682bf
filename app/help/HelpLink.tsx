import { IconHelpCircle } from '@tabler/icons-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { GuideId } from './guide-ids';
import styles from './help.module.css';

/** To the place in a guide that helps here. In a tab of its own, so that what one is doing stays. */
export function HelpLink({ guide, section, children }: { guide: GuideId; section?: string; children: ReactNode }) {
  return (
    <Link
      href={`/help/${guide}${section ? `#${section}` : ''}`}
      prefetch={false}
      target="_blank"
      className={styles.link}
    >
      <IconHelpCircle size={15} stroke={1.7} aria-hidden />
      {children}
      <span className="visually-hidden"> (in a new tab)</span>
    </Link>
  );
}
