'use client';
import { useCallback, useMemo, useState } from 'react';
import type { Direction, GraphEdge, GraphItem, GraphPart, Neighbours } from '@/server/schemas/provenance';
import { WALK_MAX } from '@/server/schemas/provenance';
import { messageOf, useTRPCClient } from '../_trpc/client';
import { layOut } from './graph-layout';

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

  /** Opens the next nodes in one direction, or their next page. */
  const step = useCallback(
    (id: string, direction: Direction, cursor: string | null = null) =>
      attempt(async () => {
        const part = await client.provenance.neighbours.query({ id, direction, cursor });
        setOpened((before) => withPart(before, part, [[keyOf(id, direction), part.nextCursor]]));
      }),
    [client, attempt],
  );

  /** Opens all there is in one direction. */
  const walk = useCallback(
    (id: string, direction: Direction) =>
      attempt(async () => {
        const part = await client.provenance.walk.query({ id, direction, limit: WALK_MAX });
        setIsCut(part.isCut);
        const steps = part.isCut ? [] : part.items.map((one) => [keyOf(one.id, direction), null] as const);
        setOpened((before) => withPart(before, part, steps));
      }),
    [client, attempt],
  );

  /** undefined: not opened; null: all of it is there; else where the next page begins. */
  const cursorOf = (id: string, direction: Direction) => opened.steps.get(keyOf(id, direction));
  return { layout, step, walk, cursorOf, isBusy, isCut, problem };
}

function withPart(before: Opened, part: GraphPart, steps: (readonly [string, string | null])[]): Opened {
  return {
    items: new Map([...before.items, ...part.items.map((item) => [item.id, item] as const)]),
    edges: new Map([...before.edges, ...part.edges.map((edge) => [edge.id, edge] as const)]),
    steps: new Map([...before.steps, ...steps]),
  };
}
