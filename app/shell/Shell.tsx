'use client';
import { type ReactNode, useState } from 'react';
import { RAIL_COOKIE, setCookie } from '../theme/color-scheme';
import { Rail } from './Rail';
import styles from './shell.module.css';
import { TopBar } from './TopBar';

/** The frame around every page: rail, top bar, and the place for the page itself. */
export function Shell({ isRailNarrow, children }: { isRailNarrow: boolean; children: ReactNode }) {
  const [isNarrow, setIsNarrow] = useState(isRailNarrow);
  const toggle = () => {
    setCookie(RAIL_COOKIE, isNarrow ? 'wide' : 'narrow');
    setIsNarrow(!isNarrow);
  };
  return (
    <div className={styles.shell} data-narrow={isNarrow || undefined}>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <Rail isNarrow={isNarrow} onToggle={toggle} />
      <TopBar />
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
