'use client';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPlayFilled, IconX } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { AddBar } from './AddBar';
import { CellStatus } from './CellStatus';
import { CellTools } from './CellTools';
import { dragOf } from './drag';
import { Markdown } from './Markdown';
import styles from './notebook.module.css';
import { Outputs } from './outputs/Outputs';
import { QuestionForm } from './QuestionForm';
import { SourceView } from './SourceView';
import { isWithin } from './selection';
import { useCell, useNear, useNotebook, useOpenNotebook, useSelection, useSource, useStale } from './use-notebook';

const kinds = { code: 'code', markdown: 'text', raw: 'raw' } as const;
const OUTPUT_NEAR_PX = 1_200;

/** One cell: source or text, how it stands, and what it put out. */
export const CellView = memo(function CellView({ id, number }: { id: string; number: number }) {
  const { client, commands, selection } = useOpenNotebook();
  const cell = useCell(id);
  const spec = useNotebook((state) => state.runtime.spec);
  const language = useNotebook((state) => state.runtime.info?.language ?? null);
  const isActive = useSelection((one) => one.active === id);
  const isSelected = useSelection((one) => isWithin(one, client.state.order, id));
  const isEdited = useSelection((one) => one.active === id && one.mode === 'edit');
  const request = useSelection((one) => (one.active === id ? one.focusRequest : 0));
  const isStale = useStale(id) !== null;
  const isOpened = useSelection((one) => one.opened.has(id));
  const element = useRef<HTMLElement>(null);
  const isNear = useNear(element, OUTPUT_NEAR_PX);
  const [wasNear, setWasNear] = useState(false);
  useEffect(() => {
    if (isNear) setWasNear(true);
  }, [isNear]);
  const isMarkdown = cell?.type === 'markdown';
  const hasText = useSource(id).trim() !== '';
  const showsSource = !isMarkdown || isOpened || !hasText;

  useEffect(() => {
    if (isEdited || !selection.serves(request)) return;
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: 'nearest' });
  }, [request, isEdited, selection]);

  if (!cell) return null;
  const stands = cell.run.state === 'ok' && isStale ? 'stale' : cell.run.state;
  const label = `Cell ${number}, ${kinds[cell.type]}${stands === 'idle' ? '' : `, ${stands}`}`;
  const drag = dragOf(id, commands);
  const isQueued = cell.run.state === 'queued';
  const isHidden = cell.metadata['collapsed'] === true;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of what belongs to one cell; a fieldset is for forms.
    <section
      ref={element}
      role="group"
      id={`cell-${id}`}
      aria-label={label}
      tabIndex={isActive ? 0 : -1}
      className={styles.cell}
      data-type={cell.type}
      data-active={isActive || undefined}
      data-selected={isSelected || undefined}
      data-mode={isEdited ? 'edit' : 'command'}
      data-state={cell.run.state}
      {...drag.place}
      onMouseDown={(event) => {
        // The editor says itself that it has the focus.
        if ((event.target as Element).closest('.monaco-editor')) return;
        if (event.shiftKey) selection.set({ active: id, mode: 'command' });
        else if (!isActive) selection.set({ active: id, anchor: id, mode: 'command' });
      }}
      onFocus={(event) => {
        if (event.target === element.current && !isActive) selection.set({ active: id, anchor: id, mode: 'command' });
        if (event.target === element.current && isEdited) selection.set({ mode: 'command' });
      }}
    >
      <div className={styles.gutter} {...drag.handle}>
        {cell.type === 'code' &&
          (isQueued ? (
            <Tooltip label="Take it back">
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                aria-label={`Take cell ${number} back from the queue`}
                onClick={() => commands.cancel(id)}
              >
                <IconX size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ) : (
            <ActionIcon
              className={styles.play}
              variant="subtle"
              color="gray"
              size={28}
              aria-label={`Run cell ${number}`}
              onClick={() => {
                selection.activate(id);
                commands.runSelected();
              }}
            >
              <IconPlayerPlayFilled size={14} aria-hidden />
            </ActionIcon>
          ))}
        {cell.type === 'code' && (
          <span className={styles.count} aria-hidden>
            {cell.run.state === 'running' || isQueued
              ? '[*]'
              : cell.executionCount === null
                ? ''
                : `[${cell.executionCount}]`}
          </span>
        )}
      </div>
      <div className={styles.body}>
        {isActive && <CellTools cell={cell} number={number} />}
        {showsSource ? (
          <SourceView
            cellId={id}
            language={editorLanguage(cell.type, language ?? spec)}
            label={`Source of cell ${number}. Escape leaves the editor.`}
            doesWrap={cell.type !== 'code'}
            isEdited={isEdited}
            focusRequest={isEdited ? request : null}
            onFocus={() => {
              if (!isEdited) selection.set({ active: id, anchor: id, mode: 'edit' });
            }}
          />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: a double click is a second way; Enter does the same.
          <div className={styles.rendered} onDoubleClick={() => commands.enter()}>
            <RenderedText id={id} notebookId={client.id} attachments={cell.attachments} />
          </div>
        )}
        {cell.type === 'code' && cell.run.state !== 'idle' && (
          <p className={styles.statusLine}>
            <CellStatus cell={cell} />
          </p>
        )}
        <QuestionForm cellId={id} />
        {cell.type === 'code' &&
          (isHidden && cell.outputs.length > 0 ? (
            <button type="button" className={styles.hidden} onClick={() => commands.toggleOutputs()}>
              Output hidden: show it
            </button>
          ) : (
            <Outputs cell={cell} number={number} isNear={wasNear} />
          ))}
        {isActive && <AddBar />}
      </div>
    </section>
  );
});

function RenderedText({
  id,
  notebookId,
  attachments,
}: {
  id: string;
  notebookId: string;
  attachments: Parameters<typeof Markdown>[0]['attachments'];
}) {
  return <Markdown source={useSource(id)} notebookId={notebookId} attachments={attachments ?? null} />;
}

function editorLanguage(type: 'code' | 'markdown' | 'raw', spoken: string): string {
  if (type !== 'code') return type === 'markdown' ? 'markdown' : 'plaintext';
  return (
    { deno: 'typescript', typescript: 'typescript', python3: 'python', python: 'python', javascript: 'javascript' }[
      spoken
    ] ?? 'plaintext'
  );
}
