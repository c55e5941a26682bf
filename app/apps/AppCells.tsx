'use client';
import { useEffect, useRef, useState } from 'react';
import { Markdown } from '../notebook/Markdown';
import { Outputs } from '../notebook/outputs/Outputs';
import { QuestionForm } from '../notebook/QuestionForm';
import { useCell, useNear, useNotebook, useOpenNotebook, useSource } from '../notebook/use-notebook';
import styles from './app-page.module.css';

const OUTPUT_NEAR_PX = 1_200;

/** Texts and outputs of the notebook, without its code. */
export function AppCells() {
  const order = useNotebook((state) => state.order);
  const isRunning = useNotebook((state) => state.running !== null || state.queue.length > 0);
  return (
    <div className={styles.cells} aria-busy={isRunning}>
      {order.map((id, i) => (
        <AppCell key={id} id={id} number={i + 1} />
      ))}
    </div>
  );
}

function AppCell({ id, number }: { id: string; number: number }) {
  const cell = useCell(id);
  const source = useSource(id);
  const { client } = useOpenNotebook();
  const element = useRef<HTMLDivElement>(null);
  const isNear = useNear(element, OUTPUT_NEAR_PX);
  const [wasNear, setWasNear] = useState(false);
  useEffect(() => {
    if (isNear) setWasNear(true);
  }, [isNear]);
  if (!cell || cell.type === 'raw' || isLeftOut(cell.metadata)) return null;
  if (cell.type === 'markdown')
    return <Markdown source={source} notebookId={client.id} attachments={cell.attachments} />;
  return (
    <div ref={element} className={styles.output} data-state={cell.run.state}>
      <QuestionForm cellId={id} />
      <Outputs cell={cell} number={number} isNear={wasNear} />
    </div>
  );
}

/** As Jupyter Book has it: a cell with this tag is for those who read the notebook. */
const isLeftOut = ({ tags }: Record<string, unknown>) => Array.isArray(tags) && tags.includes('remove-cell');
