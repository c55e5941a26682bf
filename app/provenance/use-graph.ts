'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Direction, GraphEdge, GraphItem, GraphPart, Neighbours } from '@/server/schemas/provenance';
import { WALK_MAX } from '@/server/schemas/provenance';
import { messageOf, useTRPCClient } from '../_trpc/client';
import { layOut } from './graph-layout';
import { type OpenedStep, readSteps, writeSteps } from './opened-steps';

/** `in:ID`: a node opened towards its origin. */
const keyOf = (id: string, direction: Direction) => `${direction}:${id}`;

interface Opened {
  items: ReadonlyMap<string, GraphItem>;
  edges: ReadonlyMap<string, GraphEdge>;
  /** For each step that was taken, where its next page begins; null where there is none. */
  steps: ReadonlyMap<string, string | null>;
}

export interface FirstStep {
  item: GraphItem;
  incoming: Neighbours;
  outgoing: Neighbours;
}

/** The part of the graph that is open on screen, and the ways to open more of it. */
export function useGraph({ item, incoming, outgoing }: FirstStep) {
  const client = useTRPCClient();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isCut, setIsCut] = useState(false);
  const [opened, setOpened] = useState<Opened>(() => {
    const start: Opened = { items: new Map([[item.id, item]]), edges: new Map(), steps: new Map() };
    const before = withPart(start, incoming, [[keyOf(item.id, 'in'), incoming.nextCursor]]);
    return withPart(before, outgoing, [[keyOf(item.id, 'out'), outgoing.nextCursor]]);
  });
  const layout = useMemo(() => layOut(opened.items, opened.edges.values(), item.id), [opened, item.id]);

  const attempt = useCallback(async (act: () => Promise<void>) => {
    setIsBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setIsBusy(false);
    }
  }, []);

  const fetchStep = useCallback(
    async (id: string, direction: Direction, cursor: string | null) => {
      const part = await client.provenance.neighbours.query({ id, direction, cursor });
      setOpened((before) => withPart(before, part, [[keyOf(id, direction), part.nextCursor]]));
      return part.nextCursor;
    },
    [client],
  );
  const fetchAll = useCallback(
    async (id: string, direction: Direction) => {
      const part = await client.provenance.walk.query({ id, direction, limit: WALK_MAX });
      setIsCut(part.isCut);
      const steps = part.isCut ? [] : part.items.map((one) => [keyOf(one.id, direction), null] as const);
      setOpened((before) => withPart(before, part, steps));
    },
    [client],
  );

  /** Opens the next nodes in one direction, or their next page; the address keeps it. */
  const step = useCallback(
    (id: string, direction: Direction, cursor: string | null = null) =>
      attempt(async () => {
        await fetchStep(id, direction, cursor);
        keepInAddress({ id, direction, isAll: false });
      }),
    [fetchStep, attempt],
  );

  /** Opens all there is in one direction. */
  const walk = useCallback(
    (id: string, direction: Direction) =>
      attempt(async () => {
        await fetchAll(id, direction);
        keepInAddress({ id, direction, isAll: true });
      }),
    [fetchAll, attempt],
  );

  // What the address says was open opens again, once. Pages of one node follow each other, all else goes side by side.
  const hasReopened = useRef(false);
  useEffect(() => {
    if (hasReopened.current) return;
    hasReopened.current = true;
    const steps = readSteps(new URLSearchParams(window.location.search).get('open'));
    if (steps.length === 0) return;
    const first = new Map([
      [keyOf(item.id, 'in'), incoming.nextCursor],
      [keyOf(item.id, 'out'), outgoing.nextCursor],
    ]);
    const reopen = async (same: OpenedStep[]) => {
      const [{ id, direction, isAll }] = same as [OpenedStep];
      if (isAll) return fetchAll(id, direction);
      let cursor = first.get(keyOf(id, direction)) ?? null;
      for (const _ of same) {
        cursor = await fetchStep(id, direction, cursor);
        if (cursor === null) return;
      }
    };
    const bySame = new Map<string, OpenedStep[]>();
    for (const one of steps) {
      const key = writeSteps([one]);
      bySame.set(key, [...(bySame.get(key) ?? []), one]);
    }
    void attempt(async () => {
      await Promise.all([...bySame.values()].map(reopen));
    });
  }, [attempt, fetchAll, fetchStep, item.id, incoming.nextCursor, outgoing.nextCursor]);

  /** undefined: not opened; null: all of it is there; else where the next page begins. */
  const cursorOf = (id: string, direction: Direction) => opened.steps.get(keyOf(id, direction));
  return { layout, step, walk, cursorOf, isBusy, isCut, problem };
}

function keepInAddress(step: OpenedStep): void {
  const parameters = new URLSearchParams(window.location.search);
  const steps = readSteps(parameters.get('open'));
  const isThere = step.isAll && steps.some((one) => writeSteps([one]) === writeSteps([step]));
  if (!isThere) parameters.set('open', writeSteps([...steps, step]));
  window.history.replaceState(null, '', `?${parameters}`);
}

function withPart(before: Opened, part: GraphPart, steps: (readonly [string, string | null])[]): Opened {
  return {
    items: new Map([...before.items, ...part.items.map((item) => [item.id, item] as const)]),
    edges: new Map([...before.edges, ...part.edges.map((edge) => [edge.id, edge] as const)]),
    steps: new Map([...before.steps, ...steps]),
  };
}
