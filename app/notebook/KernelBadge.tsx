'use client';
import { Button, Popover } from '@mantine/core';
import {
  IconCircle,
  IconCircleFilled,
  IconCircleX,
  IconLoader2,
  IconShieldCheck,
  IconShieldX,
} from '@tabler/icons-react';
import type { NotebookState } from '@/server/schemas/notebook/state';
import { languageOf } from '../notebooks/list-place';
import styles from './notebook.module.css';
import { useNotebook, useOpenNotebook } from './use-notebook';

/** The kernel: which one, how it stands, and what holds it. */
export function KernelBadge() {
  const { commands } = useOpenNotebook();
  const runtime = useNotebook((state) => state.runtime);
  const word = useNotebook(wordOf);
  const Icon =
    { idle: IconCircle, busy: IconCircleFilled, 'not started': IconCircle, died: IconCircleX }[word] ?? IconLoader2;
  const isMoving = Icon === IconLoader2;
  const name = runtime.info?.displayName ?? languageOf(runtime.spec);
  return (
    <Popover position="bottom-end" shadow="md" width={380} trapFocus transitionProps={{ duration: 100 }}>
      <Popover.Target>
        <button type="button" className={styles.kernel} data-word={word} aria-label={`Kernel: ${name}, ${word}`}>
          <Icon
            size={12}
            stroke={2.4}
            aria-hidden
            className={isMoving ? `${styles.kernelIcon} ${styles.turning}` : styles.kernelIcon}
          />
          <span>{name}</span>
          <span className={styles.kernelWord}>{word}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="The kernel">
        <h2 className={styles.kernelTitle}>{name}</h2>
        <p className="faint">
          {runtime.info
            ? `${runtime.info.language} ${runtime.info.version}, process ${runtime.generation} of this notebook`
            : 'It starts with the first cell that runs, and runs on when this page is closed.'}
        </p>
        {runtime.message && <p className={styles.kernelMessage}>{runtime.message}</p>}
        {runtime.info && (
          <ul className={styles.confinement} aria-label="What holds it">
            {runtime.info.confinement.map(({ topic, isHeld, text }) => (
              <li key={topic} data-held={isHeld || undefined}>
                {isHeld ? (
                  <IconShieldCheck size={16} className={styles.shield} aria-hidden />
                ) : (
                  <IconShieldX size={16} className={styles.shield} aria-hidden />
                )}
                <span>
                  <span className="visually-hidden">{isHeld ? 'Held: ' : 'Not held: '}</span>
                  {text}
                </span>
              </li>
            ))}
          </ul>
        )}
        {word !== 'not started' && word !== 'died' && (
          <Button variant="default" size="compact-sm" onClick={() => commands.shutdown()}>
            Shut it down
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function wordOf({ runtime, running }: NotebookState): string {
  switch (runtime.state) {
    case 'none':
      return 'not started';
    case 'starting':
      return 'starting';
    case 'restarting':
      return 'restarting';
    case 'died':
      return 'died';
    case 'ready':
      return running ? 'busy' : 'idle';
  }
}
