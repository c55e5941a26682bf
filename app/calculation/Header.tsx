'use client';
import { Menu } from '@mantine/core';
import { IconCopyPlus } from '@tabler/icons-react';
import { isTerminal } from '@/server/schemas/process';
import { AsNotebook } from '../components/AsNotebook';
import { ButtonLink } from '../components/ButtonLink';
import { download, fileStem } from '../components/download';
import { ExportMenu } from '../components/ExportMenu';
import { Formula } from '../components/Typeset';
import styles from './calculation.module.css';
import { LabelEditor } from './LabelEditor';
import { PauseButton } from './PauseButton';
import { PriorityMenu } from './PriorityMenu';
import { RerunOrigin } from './RerunOrigin';
import { StateLine } from './StateLine';
import { StopButton } from './StopButton';
import type { TabProps } from './tabs/tab-props';

/** Formula, label, state, and what can be done. */
export function Header({ calculation, results, progress }: TabProps) {
  const { id, formula, label, state, pausedAt } = calculation;
  // What paused for a reason has its button beside that.
  const hasReason = state === 'paused' && pausedAt === null;
  const saveAll = () =>
    download(`${fileStem(label)}.json`, JSON.stringify({ calculation, results }, null, 1), 'application/json');
  return (
    <header className={styles.header}>
      <div className={styles.what}>
        <h1 className={styles.formula}>
          <Formula of={formula} />
          <span className="visually-hidden">, {label}</span>
        </h1>
        <LabelEditor id={id} label={label} />
        <StateLine calculation={calculation} progress={progress} />
        <RerunOrigin calculation={calculation} />
      </div>
      <div className={styles.actions}>
        {!isTerminal(state) && <PriorityMenu calculation={calculation} />}
        {!isTerminal(state) && !hasReason && <PauseButton calculation={calculation} />}
        {!isTerminal(state) && <StopButton id={id} label={label} />}
        <ButtonLink
          href={`/new?copy=${id}`}
          prefetch={false}
          variant="default"
          leftSection={<IconCopyPlus size={17} stroke={1.7} aria-hidden />}
        >
          Copy and change
        </ButtonLink>
        <AsNotebook kind="calculation" id={id} />
        <ExportMenu>
          <Menu.Item onClick={saveAll}>Inputs and results as JSON</Menu.Item>
          <Menu.Item component="a" href={`/calculations/${id}?tab=files`}>
            All files of the run
          </Menu.Item>
        </ExportMenu>
      </div>
    </header>
  );
}
