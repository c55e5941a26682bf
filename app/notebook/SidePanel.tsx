'use client';
import { ActionIcon, Tabs } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Contents } from './Contents';
import styles from './notebook.module.css';
import { VariableList } from './VariableList';

export type PanelTab = 'contents' | 'variables';

interface Props {
  tab: PanelTab;
  onTab: (tab: PanelTab | null) => void;
}

/** Beside the notebook, which one goes on with; on a phone a sheet over its lower half. */
export function SidePanel({ tab, onTab }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(), []);
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label="Beside the notebook"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onTab(null);
      }}
    >
      <Tabs value={tab} onChange={(value) => onTab(value as PanelTab)} className={styles.panelTabs}>
        <div className={styles.panelHead}>
          <Tabs.List>
            <Tabs.Tab value="contents">Contents</Tabs.Tab>
            <Tabs.Tab value="variables">Variables</Tabs.Tab>
          </Tabs.List>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label="Close the panel" onClick={() => onTab(null)}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
        <Tabs.Panel value="contents" className={styles.panelBody} tabIndex={0}>
          <Contents onGone={() => matchMedia('(max-width: 760px)').matches && onTab(null)} />
        </Tabs.Panel>
        <Tabs.Panel value="variables" className={styles.panelBody} tabIndex={0}>
          {tab === 'variables' && <VariableList />}
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
