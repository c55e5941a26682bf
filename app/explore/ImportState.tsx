'use client';
import { Button, Progress } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DatasetSummary, sourceName } from '@/server/schemas/datasets';
import { messageOf, useTRPC } from '../_trpc/client';
import { Notice } from '../components/Notice';
import { counted, count as countText } from '../format/number';
import styles from './explore.module.css';
import { RemoveDataset } from './RemoveDataset';

/** Without a change for so long, nobody is looking for space groups. */
const STILL_MS = 60_000;

/** Whether the platform works on a dataset at this moment. */
export const isInWork = ({ state, symmetryCount, entryCount, updatedAt }: DatasetSummary): boolean =>
  state === 'importing' ||
  (state === 'ready' && symmetryCount < entryCount && Date.now() - updatedAt.getTime() < STILL_MS);

/** How far an import is, and what can be done about it: stop it, go on with it, begin it anew, undo it. */
export function ImportState({ dataset }: { dataset: DatasetSummary }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries(trpc.datasets.list.pathFilter());
  const stop = useMutation(trpc.datasets.stopImport.mutationOptions({ onSuccess }));
  const goOn = useMutation(trpc.datasets.goOnImport.mutationOptions({ onSuccess }));
  const { id, title, state, source, report, entryCount, symmetryCount, isOurs } = dataset;
  const error = stop.error ?? goOn.error;
  const waiting = 'waiting' in source ? source.waiting : null;
  const expected = source.kind === 'optimade' ? source.entriesExpected : null;
  const isLacking = state === 'ready' && symmetryCount < entryCount;
  return (
    <div className={styles.state}>
      {error && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      {state === 'importing' && (
        <div role="status">
          <Progress
            value={expected ? Math.min(100, (100 * entryCount) / expected) : 0}
            animated
            striped
            aria-label={`Reading ${title}`}
          />
          <span className="faint">
            Reading {sourceName(source)}: {counted(entryCount, 'entry', 'entries')}
            {expected ? ` of ${countText(expected)}` : ''} so far. {waiting}
          </span>
        </div>
      )}
      {state === 'interrupted' && <Notice tone="warn">Its reading ended early: {report.examples.at(-1)?.why}</Notice>}
      {isLacking && (
        <p className="faint" role="status">
          Space groups: {countText(symmetryCount)} of {countText(entryCount)} looked for so far.
        </p>
      )}
      {isOurs && (
        <div className={styles.actions}>
          {state === 'importing' && (
            <Button variant="default" size="compact-sm" onClick={() => stop.mutate({ id })} loading={stop.isPending}>
              Stop
            </Button>
          )}
          {(state === 'interrupted' || (isLacking && !isInWork(dataset))) && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => goOn.mutate({ id })}
              loading={goOn.isPending && !goOn.variables.isAnew}
            >
              {isLacking ? 'Look for the others' : 'Go on'}
            </Button>
          )}
          {state === 'interrupted' && (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => goOn.mutate({ id, isAnew: true })}
              loading={goOn.isPending && goOn.variables.isAnew === true}
            >
              Begin anew
            </Button>
          )}
          {state !== 'ready' && <RemoveDataset dataset={dataset} isUndo />}
        </div>
      )}
    </div>
  );
}
