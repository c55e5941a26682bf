'use client';
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleX,
  IconInfoCircle,
  IconLoader2,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import { useNotebook, useOpenNotebook, useSaving } from '../notebook/use-notebook';
import styles from './app-page.module.css';
import { appStatus } from './app-status';

const icons = {
  calm: IconInfoCircle,
  active: IconLoader2,
  good: IconCheck,
  bad: IconCircleX,
  warn: IconAlertTriangle,
} as const;

interface Props {
  isAsked: boolean;
  runsAtOnce: boolean;
  onRun: () => void;
}

/** How the app stands, with what can be done about it. */
export function AppState({ isAsked, runsAtOnce, onRun }: Props) {
  const { client } = useOpenNotebook();
  const state = useNotebook((all) => all);
  const isAway = useSaving() === 'away';
  const { words, tone, isBusy, canTryAgain } = appStatus(state, { isAsked, isAway });
  const Icon = icons[tone];
  return (
    <div className={styles.stateBox}>
      <p className={styles.state} data-tone={tone} role="status">
        <Icon size={16} stroke={1.8} aria-hidden className={tone === 'active' ? styles.turning : undefined} />
        <span>{words}</span>
      </p>
      <div className={styles.acts}>
        {(!runsAtOnce || canTryAgain) && (
          <Button
            leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
            disabled={isBusy || isAsked}
            onClick={onRun}
          >
            {canTryAgain ? 'Compute again' : 'Compute'}
          </Button>
        )}
        {isBusy && (
          <Button
            variant="default"
            leftSection={<IconPlayerStopFilled size={14} aria-hidden />}
            onClick={() => client.dispatch({ kind: 'interrupt' })}
          >
            Stop
          </Button>
        )}
      </div>
    </div>
  );
}
