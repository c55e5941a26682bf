'use client';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { COMPARED_MAX } from '@/server/schemas/datasets';
import { type ColumnHead, headText } from '@/server/schemas/explorer/columns';
import type { SortKey } from '@/server/schemas/explorer/query';
import { Formula, WithUnits } from '../components/Typeset';
import { plain } from '../format/number';
import type { RowCells } from './engine/messages';
import styles from './table.module.css';

interface Props {
  label: string;
  heads: ColumnHead[];
  count: number;
  rows: ReadonlyMap<number, RowCells>;
  sort: SortKey[];
  /** The newest selection: rows of an older one are not shown. */
  selection: number;
  wantRows: (first: number, columns: string[]) => void;
  onSort: (sort: SortKey[]) => void;
  hrefOf: (key: string) => string;
  /** Ids of the marked entries; as many as can be compared. */
  picked: string[];
  onPick: (picked: string[]) => void;
}

const toggled = (picked: readonly string[], key: string) =>
  picked.includes(key) ? picked.filter((other) => other !== key) : [...picked, key].slice(0, COMPARED_MAX);

const ROW_PX = 34;
const OVERSCAN = 12;

/** The found entries; only those in sight are in the page. */
export function ResultTable({ label, heads, count, rows, sort, selection, wantRows, onSort, hrefOf, ...marks }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const router = useRouter();
  const [place, setPlace] = useState({ top: 0, height: 600 });
  const [active, setActive] = useState(0);
  const columns = heads.map(({ name }) => name).join();
  const first = Math.max(0, Math.floor(place.top / ROW_PX) - OVERSCAN);
  const last = Math.min(count, Math.ceil((place.top + place.height) / ROW_PX) + OVERSCAN);

  useEffect(() => {
    const element = scroller.current!;
    const observer = new ResizeObserver(() => setPlace((so) => ({ ...so, height: element.clientHeight })));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection begins at its top.
  useEffect(() => {
    scroller.current!.scrollTop = 0;
    setActive(0);
  }, [selection]);

  const isMissing = last > first && (!rows.has(first) || !rows.has(last - 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection or another column asks anew.
  useEffect(() => {
    if (isMissing) wantRows(first, columns === '' ? [] : columns.split(','));
  }, [isMissing, first, last, columns, selection, wantRows]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.floor(place.height / ROW_PX) - 2;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[event.key];
    if (event.key === 'Enter') {
      const row = rows.get(active);
      if (row) router.push(hrefOf(row.key));
    }
    if (event.key === ' ' && event.target === scroller.current) {
      event.preventDefault();
      const row = rows.get(active);
      if (row) marks.onPick(toggled(marks.picked, row.key));
    }
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(count - 1, Math.max(0, active + step));
    setActive(next);
    const { current } = scroller;
    if (next * ROW_PX < current!.scrollTop) current!.scrollTop = next * ROW_PX;
    else if ((next + 2) * ROW_PX > current!.scrollTop + place.height)
      current!.scrollTop = (next + 2) * ROW_PX - place.height;
  };

  const template = `36px minmax(132px, 1.2fr) minmax(104px, 1fr) ${heads.map(({ isNumber }) => (isNumber ? 'minmax(112px, 1fr)' : 'minmax(128px, 1.2fr)')).join(' ')}`;
  return (
    <section
      ref={scroller}
      className={styles.scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go from row to row.
      tabIndex={0}
      onScroll={(event) => setPlace({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      onKeyDown={onKeyDown}
    >
      <table className={styles.inner} aria-rowcount={count + 1} style={{ minWidth: 276 + 118 * heads.length }}>
        <thead className={styles.head}>
          <tr className={styles.header} aria-rowindex={1} style={{ gridTemplateColumns: template }}>
            <th scope="col">
              <span className="visually-hidden">Marked to be compared</span>
            </th>
            <SortHead name="formula" text="Formula" sort={sort} onSort={onSort} isPinned />
            <SortHead name="id" text="Id" sort={sort} onSort={onSort} />
            {heads.map((head) => (
              <SortHead
                key={head.name}
                name={head.name}
                text={headText(head)}
                title={head.description}
                isNumber={head.isNumber}
                sort={sort}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody className={styles.body} style={{ height: count * ROW_PX }}>
          {Array.from({ length: Math.max(0, last - first) }, (_, i) => {
            const index = first + i;
            return (
              <tr
                key={index}
                className={styles.row}
                aria-rowindex={index + 2}
                data-active={index === active || undefined}
                style={{ top: index * ROW_PX, gridTemplateColumns: template }}
              >
                <Cells row={rows.get(index)} heads={heads} hrefOf={hrefOf} {...marks} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface CellsProps extends Pick<Props, 'heads' | 'hrefOf' | 'picked' | 'onPick'> {
  row: RowCells | undefined;
}

function Cells({ row, heads, hrefOf, picked, onPick }: CellsProps) {
  if (!row)
    return (
      <>
        <td />
        <td className={styles.pinned}>
          <span className={styles.waiting} />
        </td>
      </>
    );
  const isPicked = picked.includes(row.key);
  return (
    <>
      <td className={styles.mark}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Mark ${row.key}`}
          checked={isPicked}
          disabled={!isPicked && picked.length >= COMPARED_MAX}
          onChange={() => onPick(toggled(picked, row.key))}
        />
      </td>
      <th scope="row" className={styles.pinned}>
        <Link href={hrefOf(row.key)} prefetch={false} tabIndex={-1}>
          <Formula of={row.formula} />
        </Link>
      </th>
      <td className={styles.id} title={row.key}>
        {row.key}
      </td>
      {heads.map((head, i) => (
        <td key={head.name} className={head.isNumber ? styles.number : styles.words}>
          <Value value={row.cells[i] ?? null} hasFailed={row.failed[i] === true} />
        </td>
      ))}
    </>
  );
}

/** What is not known says so, and is never a number. */
function Value({ value, hasFailed }: { value: number | string | null; hasFailed: boolean }) {
  if (value === null) return <span className={styles.absent}>{hasFailed ? 'failed' : 'not computed'}</span>;
  return typeof value === 'number' ? plain(value, 6) : value;
}

interface HeadProps {
  name: string;
  text: string;
  title?: string;
  isNumber?: boolean;
  isPinned?: boolean;
  sort: SortKey[];
  onSort: (sort: SortKey[]) => void;
}

/** A click sorts by it, rising then falling then not; with Shift after what is sorted by already. */
function SortHead({ name, text, title, isNumber, isPinned, sort, onSort }: HeadProps) {
  const at = sort.findIndex(({ by }) => by === name);
  const key = sort[at];
  const next = !key ? { by: name, isDescending: false } : key.isDescending ? null : { by: name, isDescending: true };
  const state = key ? (key.isDescending ? 'descending' : 'ascending') : 'none';
  const Icon = key?.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      aria-sort={state}
      className={isPinned ? styles.pinnedHead : undefined}
      data-number={isNumber || undefined}
    >
      <button
        type="button"
        className={styles.sort}
        title={title}
        onClick={(event) => {
          const others = event.shiftKey ? sort.filter(({ by }) => by !== name) : [];
          onSort(next ? [...others, next] : others);
        }}
      >
        <WithUnits text={text} />
        {key && <Icon size={14} stroke={2} aria-hidden />}
        {key && sort.length > 1 && <span className={styles.rank}>{at + 1}</span>}
      </button>
    </th>
  );
}
