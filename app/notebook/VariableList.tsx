'use client';
import { useQuery } from '@tanstack/react-query';
import type { NotebookState } from '@/server/schemas/notebook/state';
import { messageOf, useTRPCClient } from '../_trpc/client';
import styles from './notebook.module.css';
import { useNotebook, useOpenNotebook } from './use-notebook';

/** What the kernel holds, asked anew whenever nothing runs any more. */
export function VariableList() {
  const { client } = useOpenNotebook();
  const trpc = useTRPCClient();
  const isReady = useNotebook((state) => state.runtime.state === 'ready');
  const isBusy = useNotebook((state) => state.running !== null || state.queue.length > 0);
  const language = useNotebook((state) => state.runtime.info?.language ?? null);
  const place = useNotebook(placeOf);
  const { data, error, isPending } = useQuery({
    queryKey: ['notebook-variables', client.id, place],
    queryFn: () => trpc.notebooks.variables.query({ id: client.id }),
    enabled: isReady && !isBusy,
    // While a cell runs, what was there before stays.
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!isReady) return <p className="faint">No kernel runs. The variables come with the first cell that does.</p>;
  if (error) return <p className="faint">{messageOf(error)}</p>;
  if (isPending) return <p className="faint">{isBusy ? 'A cell runs.' : 'Asking the kernel'}</p>;
  if (!data)
    return (
      <p className="faint">
        {language === 'python' || language === 'typescript'
          ? 'The kernel gave no answer.'
          : 'Of this kernel the variables are not known.'}
      </p>
    );
  if (data.variables.length === 0) return <p className="faint">No variables yet.</p>;
  return (
    <>
      <ul className={styles.variables} aria-label="Variables" aria-busy={isBusy}>
        {data.variables.map(({ name, type, value, size }) => (
          <li key={name}>
            <p>
              <code className={styles.variableName}>{name}</code>
              <span className={styles.variableType}>{size ? `${type}, ${size}` : type}</span>
            </p>
            {value && <code className={styles.variableValue}>{value}</code>}
          </li>
        ))}
      </ul>
      {data.leftOut > 0 && <p className="faint">{data.leftOut} older ones are not shown.</p>}
    </>
  );
}

/** Another after each run, and with each kernel. */
const placeOf = ({ runtime, cells }: NotebookState): string => {
  let newest = 0;
  for (const { run } of Object.values(cells)) if ('endedAt' in run) newest = Math.max(newest, run.begunBy ?? 0);
  return `${runtime.generation}-${newest}`;
};
