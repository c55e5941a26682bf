'use client';
import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { wizardSteps } from '@/server/schemas/draft';
import { DraftProvider } from './draft-context';
import { NextBar } from './NextBar';
import { Side } from './Side';
import { StepList } from './StepList';
import type { StepId } from './steps';
import styles from './wizard.module.css';

/** The three columns: steps, the panel of the step, structure and running summary. */
export function Wizard({ draftId, children }: { draftId: string; children: ReactNode }) {
  const path = usePathname();
  const step = wizardSteps.find((id) => path.endsWith(`/${id}`)) ?? 'structure';
  return (
    <DraftProvider draftId={draftId}>
      <Columns step={step}>{children}</Columns>
    </DraftProvider>
  );
}

function Columns({ step, children }: { step: StepId; children: ReactNode }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <div className={styles.wizard}>
      <StepList current={step} />
      <div className={styles.panel}>
        <button type="button" className={styles.fold} onClick={open} aria-haspopup="dialog">
          <IconLayoutSidebarRight size={16} stroke={1.7} aria-hidden />
          Structure and summary
        </button>
        <div className={styles.content}>{children}</div>
        <NextBar step={step} />
      </div>
      <aside className={styles.side} aria-label="Structure and summary">
        <Side />
      </aside>
      <Drawer opened={isOpen} onClose={close} position="right" size={380} title="Structure and summary">
        <Side />
      </Drawer>
    </div>
  );
}
