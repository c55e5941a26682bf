'use client';
import { useCallback, useEffect, useMemo, useReducer } from 'react';
import { applyEdit } from '@/kernels/crystal/edit/apply-edit';
import { type StructureEdit, structureEditsSchema } from '@/kernels/crystal/edit/schema';
import type { Structure } from '@/kernels/crystal/schema';

interface State {
  done: StructureEdit[];
  undone: StructureEdit[];
}

type Act = { is: 'do'; edit: StructureEdit } | { is: 'undo' | 'redo' } | { is: 'open'; edits: StructureEdit[] };

function reduce({ done, undone }: State, act: Act): State {
  switch (act.is) {
    case 'do':
      return { done: [...done, act.edit], undone: [] };
    case 'undo':
      return done.length === 0 ? { done, undone } : { done: done.slice(0, -1), undone: [...undone, done.at(-1)!] };
    case 'redo':
      return undone.length === 0 ? { done, undone } : { done: [...done, undone.at(-1)!], undone: undone.slice(0, -1) };
    case 'open':
      return { done: act.edits, undone: [] };
  }
}

/** What was done to a structure so far, and what it became; kept in this tab over a reload until it is saved. */
export function useEdits(id: string, origin: Structure) {
  const key = `structure-edits ${id}`;
  const [{ done, undone }, act] = useReducer(reduce, { done: [], undone: [] });
  useEffect(() => {
    const kept = read(key, origin);
    if (kept.length > 0) act({ is: 'open', edits: kept });
  }, [key, origin]);
  useEffect(() => {
    if (done.length + undone.length > 0) sessionStorage.setItem(key, JSON.stringify(done));
  }, [key, done, undone]);
  const structure = useMemo(() => done.reduce(applyEdit, origin), [done, origin]);
  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  return { done, undone, act, structure, forget };
}

/** What this tab kept; another version of the platform may have written it, and what it wrote may not be possible any more. */
function read(key: string, origin: Structure): StructureEdit[] {
  try {
    const edits = structureEditsSchema.parse(JSON.parse(sessionStorage.getItem(key) ?? '[]'));
    edits.reduce(applyEdit, origin);
    return edits;
  } catch {
    return [];
  }
}
