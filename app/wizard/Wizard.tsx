'use client';
import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { wizardSteps } from '@/server/schemas/draft';
import { useTitled } from '../components/use-titled';
import { DraftProvider, useWizard } from './draft-context';
import { NextBar } from './NextBar';
import { PropertiesStep } from './properties/PropertiesStep';
import { ResourcesStep } from './resources/ResourcesStep';
import { ReviewStep } from './review/ReviewStep';
import { Side } from './Side';
import { StepList } from './StepList';
import { draftTitle, type StepId } from './steps';
import { StructureStep } from './structure/StructureStep';
import { useLocationPath } from './use-location-path';
import styles from './wizard.module.css';

interface Props {
  draftId: string;
  /** Of the examples, by id, drawn on the server. */
  pictures: Record<string, ReactNode>;
  /** What the address itself has to say: nothing, or that there is no such step. */
  children: ReactNode;
}

/** The three columns: steps, the panel of the step, structure and running summary. */
export function Wizard({ draftId, pictures, children }: Props) {
  const known = usePathname();
  // On the way to another page the address is there first: the step stays until that page has come.
  const step = stepIn(useLocationPath()) ?? stepIn(known);
  if (!step) return children;
  return (
    <DraftProvider draftId={draftId}>
      <Columns step={step} pictures={pictures} />
      {children}
    </DraftProvider>
  );
}

const stepIn = (path: string): StepId | undefined => wizardSteps.find((id) => path.endsWith(`/${id}`));

function Columns({ step, pictures }: { step: StepId; pictures: Props['pictures'] }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const { structure } = useWizard();
  useTitled(draftTitle(step, structure?.formula ?? null));
  return (
    <div className={styles.wizard}>
      <StepList current={step} />
      <div className={styles.panel}>
        <button type="button" className={styles.fold} onClick={open} aria-haspopup="dialog">
          <IconLayoutSidebarRight size={16} stroke={1.7} aria-hidden />
          Structure and summary
        </button>
        <div className={styles.content}>
          {step === 'structure' && <StructureStep pictures={pictures} />}
          {step === 'properties' && <PropertiesStep />}
          {step === 'resources' && <ResourcesStep />}
          {step === 'review' && <ReviewStep />}
        </div>
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
