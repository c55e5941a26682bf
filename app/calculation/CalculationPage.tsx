'use client';
import Link from 'next/link';
import { useTitled } from '../components/use-titled';
import styles from './calculation.module.css';
import { calculationTitle } from './calculation-title';
import { Header } from './Header';
import { PausedNotice } from './PausedNotice';
import { type TabId, tabs, tabWords } from './tabs';
import { FilesTab } from './tabs/FilesTab';
import { InputsTab } from './tabs/InputsTab';
import { ProgressTab } from './tabs/ProgressTab';
import { ProvenanceTab } from './tabs/ProvenanceTab';
import { ResultsTab } from './tabs/ResultsTab';
import { StructureTab } from './tabs/StructureTab';
import type { TabProps } from './tabs/tab-props';
import { useCalculation } from './use-calculation';
import { WaitNotice } from './WaitNotice';

/** A calculation from its first iteration to its results: one page, on which nothing jumps when it ends. */
export function CalculationPage({ id, tab }: { id: string; tab: TabId }) {
  const live = useCalculation(id);
  const Panel = panels[tab];
  useTitled(calculationTitle(live.calculation));
  return (
    <div className="page">
      <Header {...live} />
      <div className={styles.notices}>
        <PausedNotice calculation={live.calculation} />
        <WaitNotice calculation={live.calculation} />
      </div>
      <nav aria-label="Parts of the calculation" className={styles.tabs}>
        {tabs.map((name) => (
          <Link
            key={name}
            href={name === 'results' ? `/calculations/${id}` : `/calculations/${id}?tab=${name}`}
            scroll={false}
            aria-current={name === tab ? 'page' : undefined}
          >
            {tabWords[name]}
          </Link>
        ))}
      </nav>
      <Panel {...live} />
    </div>
  );
}

const panels = {
  results: ResultsTab,
  structure: StructureTab,
  progress: ProgressTab,
  inputs: InputsTab,
  provenance: ProvenanceTab,
  files: FilesTab,
} as const satisfies Record<TabId, React.ComponentType<TabProps>>;
