'use client';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Mark } from './Mark';
import { isUnder, railItems } from './rail-items';
import styles from './shell.module.css';

/** The main places at the left; a bar at the bottom on phones. */
export function Rail({ isNarrow, onToggle }: { isNarrow: boolean; onToggle: () => void }) {
  const path = usePathname();
  const Icon = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={styles.rail} aria-label="Main">
      <Link href="/" className={styles.brand} aria-label="Brine, home">
        <Mark />
        <span className={styles.word}>Brine</span>
      </Link>
      <ul className={styles.items}>
        {railItems.map(({ href, label, short, icon: ItemIcon, ...item }) => (
          <li key={href} data-minor={'isMinor' in item || undefined}>
            <Link
              href={href}
              // Opening /new makes a draft: it must not be fetched ahead.
              prefetch={href === '/new' ? false : null}
              className={styles.item}
              aria-current={isUnder(href, path) ? 'page' : undefined}
              title={isNarrow ? label : undefined}
            >
              <ItemIcon size={20} stroke={1.6} aria-hidden />
              <span className={styles.long}>{label}</span>
              <span className={styles.short} aria-hidden>
                {short}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" className={styles.collapse} onClick={onToggle} aria-expanded={!isNarrow}>
        <Icon size={18} stroke={1.6} aria-hidden />
        <span className={styles.long}>{isNarrow ? 'Widen the rail' : 'Narrow the rail'}</span>
      </button>
    </nav>
  );
}
