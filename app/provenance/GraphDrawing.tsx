'use client';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { edgeWords, titleOf } from '@/server/schemas/provenance';
import { stateLooks } from '../components/StateBadge';
import { type Frame, type GraphLayout, NODE_HEIGHT, NODE_WIDTH, type PlacedNode, seenIn } from './graph-layout';
import { NodeIcon } from './NodeIcon';
import { NodeTitle } from './NodeTitle';
import styles from './provenance.module.css';

/** Drawn beyond the edge of what is seen, so that scrolling meets what is there already. */
const BEYOND = 300;

interface Props {
  layout: GraphLayout;
  selected: string;
  onSelect: (id: string) => void;
  /** An arrow key towards a side on which nothing is open yet. */
  onOpen: (id: string, direction: 'in' | 'out') => void;
  onEnter: (id: string) => void;
}

/** The open part of the graph in columns. Only what is on screen is in the page, so that ten thousand nodes scroll as ten do. */
export function GraphDrawing({ layout, selected, onSelect, onOpen, onEnter }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [frame, setFrame] = useState<Frame>({ left: 0, top: 0, right: 1200, bottom: 640 });
  const [wantsFocus, setWantsFocus] = useState(false);
  const look = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = element;
    setFrame({
      left: scrollLeft - BEYOND,
      top: scrollTop - BEYOND,
      right: scrollLeft + clientWidth + BEYOND,
      bottom: scrollTop + clientHeight + BEYOND,
    });
  }, []);
  useEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [look]);
  const held = useRef<{ id: string; left: number; top: number } | null>(null);
  const place = layout.nodes.get(selected);
  // What is selected stays where it is on screen while more opens around it.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !place) return;
    const before = held.current;
    if (before?.id === selected) {
      element.scrollLeft += place.x - before.left;
      element.scrollTop += place.y - before.top;
    } else reveal(element, place, before === null);
    held.current = { id: selected, left: place.x, top: place.y };
    look();
  }, [selected, place, look]);
  useEffect(() => {
    if (!wantsFocus) return;
    const button = box.current?.querySelector<HTMLElement>(`[data-node="${selected}"]`);
    if (!button) return;
    button.focus({ preventScroll: true });
    setWantsFocus(false);
  });
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!place) return;
    if (event.key === 'Enter') onEnter(selected);
    const next = neighbourAt(layout, place, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (next === null) onOpen(selected, event.key === 'ArrowLeft' ? 'in' : 'out');
    else onSelect(next);
    setWantsFocus(true);
  };
  const { nodes, lines } = seenIn(layout, frame);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons that arrow keys walk through; a fieldset is for forms.
    <div
      ref={box}
      className={styles.drawing}
      role="group"
      aria-label={`Provenance graph, ${layout.nodes.size} nodes. Arrow keys go along it, Enter opens a node's page.`}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div style={{ width: layout.width, height: layout.height }} className={styles.plane}>
        <svg
          className={styles.edges}
          style={{ left: Math.max(0, frame.left), top: Math.max(0, frame.top) }}
          width={Math.max(0, Math.min(layout.width, frame.right) - Math.max(0, frame.left))}
          height={Math.max(0, Math.min(layout.height, frame.bottom) - Math.max(0, frame.top))}
          viewBox={viewBox(layout, frame)}
          aria-hidden="true"
        >
          {lines.map(({ edge, from, to }) => (
            <path
              key={edge.id}
              d={curve(from, to)}
              data-kind={edge.kind}
              data-near={edge.from === selected || edge.to === selected || undefined}
            >
              <title>{`${edgeWords[edge.kind]} ${edge.name}`}</title>
            </path>
          ))}
        </svg>
        {nodes.map(({ item, x, y }) => (
          <button
            key={item.id}
            type="button"
            data-node={item.id}
            data-type={item.type}
            className={styles.node}
            style={{ left: x, top: y, width: NODE_WIDTH, height: NODE_HEIGHT }}
            tabIndex={item.id === selected ? 0 : -1}
            aria-pressed={item.id === selected}
            onClick={() => onSelect(item.id)}
            onDoubleClick={() => onEnter(item.id)}
            title={titleOf(item)}
          >
            <NodeIcon item={item} />
            <span className={styles.nodeText}>
              <span className={styles.nodeTitle}>
                <NodeTitle item={item} />
              </span>
              <span className={styles.nodeKind}>
                {item.type === 'process' ? `${item.kind}, ${stateLooks[item.state].word}` : 'value'}
              </span>
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}

function viewBox({ width, height }: GraphLayout, frame: Frame): string {
  const [left, top] = [Math.max(0, frame.left), Math.max(0, frame.top)];
  return `${left} ${top} ${Math.max(1, Math.min(width, frame.right) - left)} ${Math.max(1, Math.min(height, frame.bottom) - top)}`;
}

function curve(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1] = [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2];
  const [x2, y2] = [to.x, to.y + NODE_HEIGHT / 2];
  const bend = Math.max(34, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** Into view with as little movement as it takes; to the middle at first. */
function reveal(element: HTMLElement, { x, y }: PlacedNode, isFirst: boolean): void {
  const { clientWidth: width, clientHeight: height, scrollLeft: left, scrollTop: top } = element;
  if (isFirst || x < left || x + NODE_WIDTH > left + width) element.scrollLeft = x + NODE_WIDTH / 2 - width / 2;
  if (isFirst || y < top || y + NODE_HEIGHT > top + height) element.scrollTop = y + NODE_HEIGHT / 2 - height / 2;
}

/** Where an arrow key leads: an id, null where that side is not open, undefined for another key or an end. */
function neighbourAt({ columns, edgesOf, nodes }: GraphLayout, at: PlacedNode, key: string): string | null | undefined {
  const column = columns.find((one) => one[0]!.depth === at.depth)!;
  if (key === 'ArrowUp') return column[at.row - 1]?.item.id;
  if (key === 'ArrowDown') return column[at.row + 1]?.item.id;
  if (key === 'Home') return column[0]!.item.id;
  if (key === 'End') return column.at(-1)!.item.id;
  const side = { ArrowLeft: 'from', ArrowRight: 'to' }[key] as 'from' | 'to' | undefined;
  if (!side) return undefined;
  const { id } = at.item;
  const others = (edgesOf.get(id) ?? []).map((edge) => edge[side]).filter((other) => other !== id);
  const near = others.map((other) => nodes.get(other)!).sort((a, b) => Math.abs(a.y - at.y) - Math.abs(b.y - at.y));
  return near[0]?.item.id ?? null;
}
