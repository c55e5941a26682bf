'use client';
import { IconRotateClockwise } from '@tabler/icons-react';
import { type CalculationStep, isTerminal, type ProcessNode } from '@/server/schemas/process';
import { Ago } from '../../components/Ago';
import { ButtonLink } from '../../components/ButtonLink';
import { StateBadge } from '../../components/StateBadge';
import { WithUnits } from '../../components/Typeset';
import { useNow } from '../../components/use-now';
import { duration } from '../../format/time';
import { noteText } from '../../format/typeset';
import { ResidualChart } from '../../plot/ResidualChart';
import styles from '../calculation.module.css';
import { rerunSteps } from '../jobs';
import { KpointBars } from '../KpointBars';
import { LogText } from '../LogText';
import type { TabProps } from './tab-props';

/** Every process with its state and time, the cycle, and the log. */
export function ProgressTab({ calculation, progress, results }: TabProps) {
  const { id, tree, state } = calculation;
  const points = progress.residuals.length > 0 ? progress.residuals : (results.scf?.iterations ?? []);
  return (
    <div className={styles.stack}>
      <section aria-labelledby="processes-title">
        <h2 id="processes-title">Processes</h2>
        <ul className={styles.tree}>
          <Branch node={tree} rerun={{ id, steps: rerunSteps(calculation) }} />
        </ul>
      </section>
      <Notes notes={progress.notes} />
      <KpointBars tree={tree} progress={progress} />
      <section aria-labelledby="cycle-title" className={styles.residual}>
        <h2 id="cycle-title">Self-consistent cycle</h2>
        <ResidualChart points={points} threshold={progress.threshold} isRunning={!isTerminal(state)} />
      </section>
      <details className={styles.folded}>
        <summary>The log</summary>
        <LogText id={id} />
      </details>
    </div>
  );
}

/** What the programs told while they ran, and what the platform did about it. */
function Notes({ notes }: Pick<TabProps['progress'], 'notes'>) {
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="notes-title">
      <h2 id="notes-title">Notes</h2>
      <ul className={styles.notes}>
        {notes.map(({ number, process, message, at }) => (
          <li key={number}>
            <span className="faint">
              {process}, <Ago at={at} />
            </span>{' '}
            <WithUnits text={noteText(message)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface BranchProps {
  node: ProcessNode;
  rerun: { id: string; steps: CalculationStep[] };
}

function Branch({ node, rerun }: BranchProps) {
  const { name, title, state, phase, startedAt, finishedAt, reusedFromId, queuePosition, cores, children, failure } =
    node;
  const now = useNow(startedAt && !finishedAt ? 1_000 : null);
  const seconds = startedAt && ((finishedAt ?? now).getTime() - startedAt.getTime()) / 1000;
  return (
    <li>
      <div className={styles.node}>
        <StateBadge state={state} />
        <span>{title}</span>
        <span className="faint figures" suppressHydrationWarning>
          {[
            phase,
            reusedFromId ? 'taken over' : null,
            queuePosition ? `place ${queuePosition} in line` : null,
            cores ? `${cores} ${cores === 1 ? 'core' : 'cores'}` : null,
            seconds === null ? null : duration(seconds),
            failure?.code,
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        {rerun.steps.some((step) => step === name) && (
          <ButtonLink
            href={`/new?copy=${rerun.id}&from=${name}`}
            prefetch={false}
            variant="subtle"
            size="compact-sm"
            leftSection={<IconRotateClockwise size={15} stroke={1.7} aria-hidden />}
            aria-label={`Run again from ${title}`}
          >
            Run again from here
          </ButtonLink>
        )}
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.id} node={child} rerun={rerun} />
          ))}
        </ul>
      )}
    </li>
  );
}
