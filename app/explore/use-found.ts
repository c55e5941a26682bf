'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { interpret } from '@/server/schemas/explorer/interpret';
import { messageOf, useTRPC } from '../_trpc/client';

/** The rows that the server finds for a filter of OPTIMADE in the search box; nothing is asked for any other text. */
export function useFound(slug: string, revision: number, text: string) {
  const trpc = useTRPC();
  const understood = interpret(text);
  const filter = understood.is === 'filter' ? understood.text : null;
  const { data, error } = useQuery({
    ...trpc.datasets.match.queryOptions({ slug, filter: filter ?? '', revision }),
    enabled: filter !== null,
    retry: false,
  });
  const found = useMemo(() => (data && filter !== null ? rowsOf(data.bits) : null), [data, filter]);
  return { found, fault: error && filter !== null ? messageOf(error) : null };
}

/** A bit for each row, packed into bytes and written in base 64. */
function rowsOf(bits: string): Uint32Array {
  const bytes = Uint8Array.from(atob(bits), (character) => character.charCodeAt(0));
  const rows: number[] = [];
  bytes.forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) rows.push(8 * at + bit);
  });
  return Uint32Array.from(rows);
}
