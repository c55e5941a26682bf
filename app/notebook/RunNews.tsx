'use client';
import { useEffect, useRef, useState } from 'react';
import { useNotebook, useOpenNotebook } from './use-notebook';

/** Cells that end sooner are not told one by one: a listener could not follow. */
const PAUSE_MS = 400;

/** For those who listen: which cell runs, and how the last one ended. */
export function RunNews() {
  const { client } = useOpenNotebook();
  const running = useNotebook((state) => state.running?.cellId ?? null);
  const before = useRef<string | null>(null);
  const [news, setNews] = useState('');
  useEffect(() => {
    const ended = before.current;
    before.current = running;
    const timer = setTimeout(() => {
      const numberOf = (id: string) => client.state.order.indexOf(id) + 1;
      if (running) setNews(`Cell ${numberOf(running)} runs`);
      else if (ended) setNews(`Cell ${numberOf(ended)}: ${client.state.cells[ended]?.run.state ?? 'deleted'}`);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [running, client]);
  return (
    <p className="visually-hidden" role="status">
      {news}
    </p>
  );
}
