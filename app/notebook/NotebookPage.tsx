'use client';
import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import type { NotebookDetail } from '@/server/schemas/notebook/notebooks';
import { codeOf, messageOf, useTRPCClient } from '../_trpc/client';
import { Empty } from '../components/Empty';
import { Notice } from '../components/Notice';
import { useOfferCommands } from '../shell/page-commands';
import { AddBar } from './AddBar';
import { CellView } from './CellView';
import { Commands } from './commands';
import { FindBar } from './FindBar';
import { KeysDialog } from './KeysDialog';
import { NameEditor } from './NameEditor';
import styles from './notebook.module.css';
import { NotebookClient } from './notebook-client';
import { paletteCommands } from './palette-commands';
import { RunNews } from './RunNews';
import { RuntimeNotice } from './RuntimeNotice';
import { type PanelTab, SidePanel } from './SidePanel';
import { SelectionStore } from './selection';
import { Toolbar } from './Toolbar';
import { useKeys } from './use-keys';
import { useLiveNotebook } from './use-live-notebook';
import { NotebookContext, useNotebook } from './use-notebook';

// The editor is large: it is fetched while the page comes alive.
if (typeof window !== 'undefined') void import('./MonacoCell');

/** Refusals that another try would meet again. */
const refusals = new Set(['bad-input', 'forbidden', 'not-found', 'too-large', 'unauthenticated']);

/** An open notebook. */
export function NotebookPage({ notebook }: { notebook: NotebookDetail }) {
  const trpc = useTRPCClient();
  const [fault, setFault] = useState<string | null>(null);
  const [open] = useState(() => {
    const client = new NotebookClient(notebook, {
      send: (sent) => trpc.notebooks.change.mutate({ id: notebook.id, ...sent }),
      isRefusal: (err) => refusals.has(codeOf(err) ?? ''),
      onRefused: (err) => setFault(messageOf(err)),
      sendComm: (comm) => void trpc.notebooks.comm.mutate({ id: notebook.id, comm }).catch(() => undefined),
    });
    const selection = new SelectionStore(notebook.state.order[0] ?? null);
    return { client, selection, commands: new Commands(client, selection) };
  });
  useLiveNotebook(open.client, trpc);
  useOfferCommands(useMemo(() => paletteCommands(open.commands), [open]));
  const [isKeysOpen, setIsKeysOpen] = useState(false);
  const [hasSingleKeys, setHasSingleKeys] = useState(true);
  useEffect(() => setHasSingleKeys(localStorage.getItem(SINGLE_KEYS) !== 'off'), []);
  const list = useRef<HTMLOListElement>(null);
  useKeys(list, open, hasSingleKeys);
  const [isFinding, setIsFinding] = useState(false);
  const [panel, setPanel] = useState<PanelTab | null>(null);
  useEffect(() => {
    open.commands.find = () => setIsFinding(true);
    open.commands.showKeys = () => setIsKeysOpen(true);
  }, [open]);
  return (
    <NotebookContext value={open}>
      <div className={styles.page} data-panel={panel !== null || undefined}>
        <NameEditor id={notebook.id} name={notebook.name} />
        <Toolbar
          name={notebook.name}
          onFault={setFault}
          onPanel={(tab) => setPanel((was) => (was === tab ? null : tab))}
        />
        {isFinding && (
          <FindBar
            onClose={() => {
              setIsFinding(false);
              open.commands.leave();
            }}
          />
        )}
        {fault && (
          <Notice tone="bad" role="alert">
            {fault}
          </Notice>
        )}
        <RuntimeNotice />
        <RunNews />
        <CellList list={list} />
      </div>
      {panel && (
        <SidePanel
          tab={panel}
          onTab={(tab) => {
            setPanel(tab);
            if (!tab) open.commands.leave();
          }}
        />
      )}
      <KeysDialog
        isOpen={isKeysOpen}
        onClose={() => setIsKeysOpen(false)}
        hasSingleKeys={hasSingleKeys}
        onSingleKeys={(isOn) => {
          setHasSingleKeys(isOn);
          localStorage.setItem(SINGLE_KEYS, isOn ? 'on' : 'off');
        }}
      />
    </NotebookContext>
  );
}

/** The first screens come with the page; in a long notebook the others follow part by part. */
const FIRST_CELLS = 40;
const MORE_CELLS = 120;
const SINGLE_KEYS = 'brine-notebook-single-keys';

function CellList({ list }: { list: React.RefObject<HTMLOListElement | null> }) {
  const order = useNotebook((state) => state.order);
  const [shown, setShown] = useState(FIRST_CELLS);
  useEffect(() => {
    if (shown >= order.length) return;
    const timer = setTimeout(() => startTransition(() => setShown((count) => count + MORE_CELLS)));
    return () => clearTimeout(timer);
  }, [shown, order.length]);
  return (
    <>
      <ol ref={list} className={styles.cells} aria-label="Cells">
        {order.slice(0, shown).map((id, i) => (
          <li key={id}>
            <CellView id={id} number={i + 1} />
          </li>
        ))}
      </ol>
      {order.length === 0 && (
        <Empty title="No cells" action={<AddBar />}>
          Begin with code, or with text that says what this notebook is about.
        </Empty>
      )}
    </>
  );
}
