'use client';
import { NativeSelect, TextInput } from '@mantine/core';
import { type PointerEvent, useRef, useState } from 'react';
import { type ColumnHead, headText } from '@/server/schemas/explorer/columns';
import type { Query } from '@/server/schemas/explorer/query';
import type { Histogram } from '@/server/schemas/explorer/select';
import { plain } from '../format/number';
import { FilterFrame } from './FilterFrame';
import styles from './histogram.module.css';

type Range = readonly [number | null, number | null];
type Known = Query['known'][string];

interface Props {
  head: ColumnHead;
  histogram: Histogram | null;
  range: Range;
  known: Known | null;
  onRange: (range: Range) => void;
  onKnown: (known: Known | null) => void;
  /** Null: it stands there without a condition. */
  onRemove: (() => void) | null;
}

const HEIGHT = 44;

/** How a column's values are spread over the found entries; drawing over it, or two fields, keep a part of them. */
export function HistogramFilter({ head, histogram, range, known, onRange, onKnown, onRemove }: Props) {
  const frame = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const [from, to] = range;
  const valueAt = (event: PointerEvent) => {
    const box = frame.current!.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return histogram!.from + share * (histogram!.to - histogram!.from);
  };
  const brush = drag ? ([Math.min(...drag), Math.max(...drag)] as const) : range;
  return (
    <FilterFrame head={head} onRemove={onRemove}>
      {histogram ? (
        <svg
          ref={frame}
          className={styles.bars}
          viewBox={`0 0 ${histogram.counts.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={describe(head, histogram)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            const at = valueAt(event);
            setDrag([at, at]);
          }}
          onPointerMove={(event) => {
            if (!drag) return;
            const next = [drag[0], valueAt(event)] as const;
            setDrag(next);
            if (next[0] !== next[1]) onRange(rounded(next, histogram));
          }}
          onPointerUp={() => {
            if (drag && drag[0] === drag[1]) onRange([null, null]);
            setDrag(null);
          }}
          onPointerCancel={() => setDrag(null)}
        >
          <Bars histogram={histogram} range={brush} />
        </svg>
      ) : (
        <p className={styles.none}>No value is known.</p>
      )}
      <div className={styles.fields}>
        <Bound
          label={`${head.title}, from`}
          value={from}
          placeholder={histogram ? plain(histogram.from, 4) : ''}
          onValue={(value) => onRange([value, to])}
        />
        <span aria-hidden>–</span>
        <Bound
          label={`${head.title}, to`}
          value={to}
          placeholder={histogram ? plain(histogram.to, 4) : ''}
          onValue={(value) => onRange([from, value])}
        />
        <NativeSelect
          size="xs"
          aria-label={`${head.title}: whether it is known`}
          className={styles.known}
          value={known ?? ''}
          onChange={(event) => onKnown((event.currentTarget.value || null) as Known | null)}
          data={[
            { value: '', label: 'any state' },
            { value: 'known', label: 'known' },
            { value: 'absent', label: 'not computed' },
            { value: 'failed', label: 'failed' },
          ]}
        />
      </div>
    </FilterFrame>
  );
}

function Bars({ histogram: { counts, from, to }, range: [low, high] }: { histogram: Histogram; range: Range }) {
  const highest = Math.max(1, ...counts);
  const width = (to - from) / counts.length;
  return Array.from(counts, (found, bin) => {
    const [left, right] = [from + bin * width, from + (bin + 1) * width];
    const isIn = (low === null || right >= low) && (high === null || left <= high);
    // Square roots: rare values are seen beside frequent ones.
    const height = found === 0 ? 0 : Math.max(1.5, HEIGHT * Math.sqrt(found / highest));
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name.
        key={bin}
        x={bin + 0.06}
        width={0.88}
        y={HEIGHT - height}
        height={height}
        className={isIn ? styles.in : styles.out}
      />
    );
  });
}

/** To a thousandth of the whole span: nobody draws finer. */
function rounded([a, b]: readonly [number, number], { from, to }: Histogram): Range {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(Math.max(1e-12, to - from))) - 1);
  const round = (value: number) => Number(value.toFixed(Math.min(12, digits)));
  return [round(Math.min(a, b)), round(Math.max(a, b))];
}

const describe = (head: ColumnHead, { from, to, counts }: Histogram) =>
  `${headText(head)}: ${counts.reduce((a, b) => a + b, 0)} values from ${plain(from, 4)} to ${plain(to, 4)}. Draw over it to keep a part, click it to keep all.`;

/** A number or nothing; taken when it is left or Enter is pressed. */
function Bound({
  label,
  value,
  placeholder,
  onValue,
}: {
  label: string;
  value: number | null;
  placeholder: string;
  onValue: (value: number | null) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? (value === null ? '' : String(value));
  const isWrong = shown.trim() !== '' && !Number.isFinite(Number(shown));
  const take = () => {
    if (draft === null || isWrong) return;
    onValue(draft.trim() === '' ? null : Number(draft));
    setDraft(null);
  };
  return (
    <TextInput
      size="xs"
      aria-label={label}
      inputMode="decimal"
      className={styles.bound}
      value={shown}
      placeholder={placeholder}
      error={isWrong}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}
