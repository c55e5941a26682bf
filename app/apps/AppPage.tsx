'use client';
import { Button } from '@mantine/core';
import { IconNotebook } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { type AppDetail, valuesOf } from '@/server/schemas/app/apps';
import { messageOf, useTRPC } from '../_trpc/client';
import { Ago } from '../components/Ago';
import { Notice } from '../components/Notice';
import { Markdown } from '../notebook/Markdown';
import { useFollowing } from '../notebook/use-live-notebook';
import { NotebookContext } from '../notebook/use-notebook';
import { AppCells } from './AppCells';
import { AppState } from './AppState';
import styles from './app-page.module.css';
import { InputForm } from './InputForm';
import { initialValues, type Values, writeValues } from './input-values';
import { type OpenVisit, useAppVisit } from './use-app-visit';

/** Letters and slides in this time count as one change. */
const CHANGE_PAUSE_MS = 350;

/** A notebook as an app: its inputs, and what comes of them. */
export function AppPage({ app, asked }: { app: AppDetail; asked: Values }) {
  const { visit, fault, setFault, isAsked, open, ask } = useAppVisit(app);
  const [values, setValues] = useState<Values>({ ...initialValues(app.inputs), ...asked });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const runsAtOnce = app.runs === 'change';

  // What the tab had before a reload counts, save where the address says otherwise.
  const begun = useRef<OpenVisit | null>(null);
  useEffect(() => {
    if (!visit || begun.current === visit) return;
    begun.current = visit;
    const known = valuesOf(visit.client.state.metadata);
    const first = { ...initialValues(app.inputs), ...known, ...asked };
    setValues(first);
    if (runsAtOnce) ask(first);
  }, [visit, app, asked, runsAtOnce, ask]);

  const change = (changes: Values) => {
    const next = { ...values, ...changes };
    setValues(next);
    history.replaceState(null, '', `${location.pathname}${writeValues(app.inputs, next)}`);
    clearTimeout(timer.current);
    if (runsAtOnce) timer.current = setTimeout(() => ask(next), CHANGE_PAUSE_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <div className={styles.page}>
      <AppHead app={app} />
      {fault && (
        <Notice tone="bad" role="alert">
          {fault}{' '}
          {!visit && (
            <Button size="compact-sm" variant="default" onClick={() => void open()}>
              Try again
            </Button>
          )}
        </Notice>
      )}
      <div className={styles.columns} data-plain={app.inputs.length === 0 || undefined}>
        <section className={styles.side} aria-label="Inputs">
          <InputForm
            inputs={app.inputs}
            values={values}
            visitId={visit?.client.id ?? null}
            onChange={change}
            onFault={setFault}
          />
          {visit ? (
            <NotebookContext value={visit}>
              <AppState isAsked={isAsked} runsAtOnce={runsAtOnce} onRun={() => ask(values)} />
            </NotebookContext>
          ) : (
            <p className={styles.state} role="status">
              {fault ? 'Not open.' : 'Opens your copy …'}
            </p>
          )}
          {app.inputs.length > 0 && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => change(initialValues(app.inputs))}>
              Back to the values of the notebook
            </Button>
          )}
        </section>
        <div className={styles.content}>
          {visit ? (
            <NotebookContext value={visit}>
              <Following visit={visit} />
              <AppCells />
            </NotebookContext>
          ) : (
            <FileTexts app={app} />
          )}
        </div>
      </div>
    </div>
  );
}

function Following({ visit }: { visit: OpenVisit }) {
  useFollowing(visit.client);
  return null;
}

function AppHead({ app }: { app: AppDetail }) {
  const trpc = useTRPC();
  const router = useRouter();
  const copy = useMutation(trpc.apps.copy.mutationOptions({ onSuccess: ({ id }) => router.push(`/notebooks/${id}`) }));
  return (
    <header className={styles.head}>
      <p className={styles.back}>
        <Link href="/apps">Apps</Link>
      </p>
      <h1>{app.title}</h1>
      <p className="soft">{app.description}</p>
      <div className={styles.facts}>
        <span>
          {app.author}, published <Ago at={app.publishedAt} />
        </span>
        {app.isMine && app.notebookId ? (
          <Link href={`/notebooks/${app.notebookId}`}>The notebook</Link>
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={copy.isPending}
            leftSection={<IconNotebook size={15} stroke={1.7} aria-hidden />}
            onClick={() => copy.mutate({ name: app.name })}
          >
            Open a copy as a notebook
          </Button>
        )}
      </div>
      {copy.error && (
        <Notice tone="bad" role="alert">
          {messageOf(copy.error)}
        </Notice>
      )}
    </header>
  );
}

/** The texts stand there before the visitor's copy is made. */
function FileTexts({ app }: { app: AppDetail }) {
  return app.file.cells.map(
    (cell, i) => cell.cell_type === 'markdown' && <Markdown key={cell.id ?? i} source={cell.source} notebookId="" />,
  );
}
