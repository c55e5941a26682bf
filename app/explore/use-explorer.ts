'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Query, SortKey } from '@/server/schemas/explorer/query';
import type { Reply, Request, RowCells } from './engine/messages';

type Loaded = Extract<Reply, { is: 'loaded' }>;
export type Selected = Extract<Reply, { is: 'selected' }>;
export type Points = Extract<Reply, { is: 'points' }>;

interface Asked {
  query: Query;
  sort: SortKey[];
  histograms: string[];
  found: Uint32Array | null;
}

/** Rows around those in sight, so that scrolling finds them. */
const WINDOW = 200;

/** A dataset in a thread of its own, and the answers to what is asked of it. */
export function useExplorer(address: string, asked: Asked) {
  const worker = useRef<Worker | null>(null);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [selected, setSelected] = useState<Selected | null>(null);
  const [points, setPoints] = useState<Points | null>(null);
  /** Rows by their place, of the newest selection. */
  const [rows, setRows] = useState<ReadonlyMap<number, RowCells>>(new Map());
  const sent = useRef(0);

  useEffect(() => {
    const thread = new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module' });
    worker.current = thread;
    thread.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.is === 'loaded') setLoaded(data);
      else if (data.is === 'failed') setFailure(data.message);
      // What was asked before the newest question is of no use any more.
      else if (data.is === 'selected') {
        if (data.id !== sent.current) return;
        setRows(new Map());
        setSelected(data);
      } else if (data.is === 'points') {
        if (data.id === sent.current) setPoints(data);
      } else setRows((known) => new Map([...known, ...data.rows.map((row, i) => [data.from + i, row] as const)]));
    };
    thread.onerror = () => setFailure('The part of this page that searches could not start. Load the page again.');
    thread.postMessage({ is: 'load', address: new URL(address, window.location.href).href } satisfies Request);
    return () => thread.terminate();
  }, [address]);

  const { query, sort, histograms, found } = asked;
  useEffect(() => {
    if (!loaded) return;
    sent.current += 1;
    worker.current?.postMessage({ is: 'select', id: sent.current, query, sort, histograms, found } satisfies Request);
  }, [loaded, query, sort, histograms, found]);

  const wantRows = useCallback((first: number, columns: string[]) => {
    const from = Math.max(0, Math.floor(first / WINDOW) * WINDOW - WINDOW / 2);
    worker.current?.postMessage({ is: 'rows', from, to: from + 2 * WINDOW, columns } satisfies Request);
  }, []);
  const wantPoints = useCallback((columns: string[]) => {
    worker.current?.postMessage({ is: 'points', id: sent.current, columns } satisfies Request);
  }, []);
  return { loaded, failure, selected, rows, points, wantRows, wantPoints };
}
