'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppDetail, AppVisit } from '@/server/schemas/app/apps';
import { codeOf, messageOf, useTRPCClient } from '../_trpc/client';
import { Commands } from '../notebook/commands';
import { NotebookClient } from '../notebook/notebook-client';
import { SelectionStore } from '../notebook/selection';
import type { OpenNotebook } from '../notebook/use-notebook';
import type { Values } from './input-values';
import { ValueSender } from './value-sender';

export interface OpenVisit extends OpenNotebook {
  sender: ValueSender;
}

/** Refusals that another try would meet again. */
const refusals = new Set(['bad-input', 'forbidden', 'not-found', 'too-large', 'unauthenticated']);
const keyOf = (name: string) => `brine-app-${name}`;

/** Opens an app for this tab, or finds what the tab had open before a reload. */
export function useAppVisit(app: AppDetail) {
  const trpc = useTRPCClient();
  const [visit, setVisit] = useState<OpenVisit | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const opening = useRef(false);

  const open = useCallback(async () => {
    if (opening.current) return;
    opening.current = true;
    setFault(null);
    try {
      const known = sessionStorage.getItem(keyOf(app.name));
      const before = known === null ? null : await find(() => trpc.apps.visit.query({ id: known }));
      const found = before?.version === app.version ? before : await trpc.apps.open.mutate({ name: app.name });
      sessionStorage.setItem(keyOf(app.name), found.id);
      const client = new NotebookClient(found, {
        send: (sent) => trpc.apps.act.mutate({ id: found.id, ...sent }),
        isRefusal: (err) => refusals.has(codeOf(err) ?? ''),
        onRefused: (err) => setFault(messageOf(err)),
      });
      const selection = new SelectionStore(null);
      const sender: ValueSender = new ValueSender({
        run: (values: Values) => trpc.apps.run.mutate({ id: found.id, values }),
        state: () => client.state,
        onChange: () => setIsAsked(sender.isAsked),
        onFault: (err) => {
          if (codeOf(err) === 'not-found') sessionStorage.removeItem(keyOf(app.name));
          setFault(
            codeOf(err) === 'not-found'
              ? 'What you had open here has ended, since nobody used it. Reload the page to go on with the values that you see.'
              : messageOf(err),
          );
        },
      });
      client.subscribe(() => void sender.goOn());
      setVisit({ client, selection, commands: new Commands(client, selection), sender });
    } catch (err) {
      setFault(messageOf(err));
    }
    opening.current = false;
  }, [app, trpc]);

  useEffect(() => void open(), [open]);
  const id = visit?.client.id;
  useEffect(() => {
    if (!id) return;
    const leave = () => void trpc.apps.leave.mutate({ id }).catch(() => undefined);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [id, trpc]);
  const ask = useCallback(
    (values: Values) => {
      setFault(null);
      visit?.sender.ask(values);
    },
    [visit],
  );
  return { visit, fault, setFault, isAsked, open, ask };
}

/** null where it is not there any more. */
async function find(ask: () => Promise<AppVisit>): Promise<AppVisit | null> {
  try {
    return await ask();
  } catch (err) {
    if (codeOf(err) === 'not-found') return null;
    throw err;
  }
}
