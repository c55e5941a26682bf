'use client';
import Link from 'next/link';
import { SearchElsewhere } from '../../elsewhere/SearchElsewhere';
import styles from './structure-step.module.css';
import { useChooseStructure } from './use-choose-structure';

/** What databases of other servers hold. */
export function ElsewhereSource() {
  const choose = useChooseStructure();
  return (
    <div className={styles.parts}>
      <SearchElsewhere onTaken={choose} takeLabel="Use this structure" />
      <p className="faint">
        Which servers are asked is chosen under <Link href="/explore/elsewhere#servers">Explore</Link>.
      </p>
    </div>
  );
}
