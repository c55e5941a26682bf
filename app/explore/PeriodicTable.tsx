'use client';
import { SegmentedControl, Switch } from '@mantine/core';
import { IconCheck, IconCircleDot, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { elements } from '@/kernels/crystal/elements';
import type { Query } from '@/server/schemas/explorer/query';
import { placeOf } from '../components/periodic-places';
import { count as countText } from '../format/number';
import styles from './periodic.module.css';

type Choice = 'include' | 'exclude' | 'any';
type Chosen = Pick<Query, Choice | 'isOnly'>;

interface Props {
  chosen: Chosen;
  /** In how many of the found entries each element is, by atomic number from hydrogen; null while that is not known. */
  counts: Uint32Array | null;
  onChange: (chosen: Chosen) => void;
}

const LAST = 103;
const shown = elements.filter(({ atomicNumber }) => atomicNumber <= LAST);
const words = { include: 'must be there', exclude: 'must not be there', any: 'one of these must be there' } as const;
const icons = { include: IconCheck, exclude: IconX, any: IconCircleDot } as const;

/** Elements that must be there, must not be, or of which one must; with how many of the found entries have each. */
export function PeriodicTable({ chosen, counts, onChange }: Props) {
  const [mode, setMode] = useState<Choice>('include');
  const [focused, setFocused] = useState(1);
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const choiceOf = (symbol: string) =>
    (['include', 'exclude', 'any'] as const).find((list) => chosen[list].includes(symbol));

  const toggle = (symbols: readonly string[], list: Choice) => {
    const areAll = symbols.every((symbol) => chosen[list].includes(symbol));
    const without = (of: string[]) => of.filter((symbol) => !symbols.includes(symbol));
    const next = {
      ...chosen,
      include: without(chosen.include),
      exclude: without(chosen.exclude),
      any: without(chosen.any),
    };
    onChange(areAll ? next : { ...next, [list]: [...next[list], ...symbols] });
  };

  const onKeyDown = (event: KeyboardEvent, atomicNumber: number) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = neighbour(atomicNumber, step);
    setFocused(next);
    buttons.current.get(next)?.focus();
  };

  return (
    <section aria-label="Elements" className={styles.section}>
      <div className={styles.head}>
        <SegmentedControl
          size="xs"
          aria-label="What a click on an element says"
          value={mode}
          onChange={(value) => setMode(value as Choice)}
          data={[
            { value: 'include', label: 'With' },
            { value: 'exclude', label: 'Without' },
            { value: 'any', label: 'Any of' },
          ]}
        />
        <Switch
          size="xs"
          label="Only these"
          checked={chosen.isOnly}
          onChange={(event) => onChange({ ...chosen, isOnly: event.currentTarget.checked })}
        />
      </div>
      <fieldset className={styles.table} aria-label="Periodic table; arrow keys go from element to element">
        {groups.map(({ column, row, symbols }) => (
          <button
            key={column}
            type="button"
            className={styles.group}
            style={{ gridColumn: column, gridRow: row }}
            aria-label={`Group ${column}, ${symbols.length} elements: any of them`}
            title={`Group ${column}: any of its elements`}
            onClick={() => toggle(symbols, 'any')}
          >
            {column}
          </button>
        ))}
        {shown.map(({ symbol, name, atomicNumber }) => {
          const { row, column } = placeOf(atomicNumber);
          const choice = choiceOf(symbol);
          const found = counts?.[atomicNumber - 1] ?? null;
          const Icon = choice && icons[choice];
          return (
            <button
              key={symbol}
              ref={(button) => {
                if (button) buttons.current.set(atomicNumber, button);
              }}
              type="button"
              className={styles.element}
              data-choice={choice}
              data-none={found === 0 || undefined}
              style={{ gridRow: row + 1, gridColumn: column }}
              aria-pressed={choice !== undefined}
              aria-label={`${name}${choice ? `, ${words[choice]}` : ''}${found === null ? '' : `, ${found} entries`}`}
              title={name}
              tabIndex={atomicNumber === focused ? 0 : -1}
              onFocus={() => setFocused(atomicNumber)}
              onKeyDown={(event) => onKeyDown(event, atomicNumber)}
              onClick={() => toggle([symbol], mode)}
            >
              <span className={styles.symbol}>{symbol}</span>
              <span className={styles.count} aria-hidden>
                {found === null ? '' : short(found)}
              </span>
              {Icon && <Icon className={styles.mark} size={10} stroke={3} aria-hidden />}
            </button>
          );
        })}
      </fieldset>
      <div className={styles.blocks}>
        <span className="faint">Any of the</span>
        {blocks.map(({ name, symbols }) => (
          <button key={name} type="button" className={styles.block} onClick={() => toggle(symbols, 'any')}>
            {name}
          </button>
        ))}
      </div>
    </section>
  );
}

/** Counts are two to four characters in a narrow cell. */
const short = (found: number) =>
  found < 1_000 ? countText(found) : `${(found / 1_000).toFixed(found < 9_950 ? 1 : 0)}k`;

const steps: Record<string, readonly [rows: number, columns: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** The next element in a direction; over gaps, and the same one at the edge. */
function neighbour(from: number, [rows, columns]: readonly [number, number]): number {
  const start = placeOf(from);
  const there = shown
    .map(({ atomicNumber }) => ({ atomicNumber, ...placeOf(atomicNumber) }))
    .filter(({ row, column }) => {
      if (rows !== 0) return column === start.column && Math.sign(row - start.row) === rows;
      return row === start.row && Math.sign(column - start.column) === columns;
    })
    .sort(
      (a, b) =>
        Math.abs(a.row - start.row) +
        Math.abs(a.column - start.column) -
        Math.abs(b.row - start.row) -
        Math.abs(b.column - start.column),
    );
  return there[0]?.atomicNumber ?? from;
}

/** The head of each column stands above its topmost element; the f elements have none. */
const groups = Array.from({ length: 18 }, (_, i) => {
  const column = i + 1;
  const members = shown.filter(({ atomicNumber }) => {
    const place = placeOf(atomicNumber);
    return place.column === column && place.row <= 7;
  });
  return { column, row: placeOf(members[0]!.atomicNumber).row, symbols: members.map(({ symbol }) => symbol) };
});

const inRange = (from: number, to: number) =>
  shown.filter(({ atomicNumber: z }) => z >= from && z <= to).map(({ symbol }) => symbol);
const inGroup = (column: number) => groups[column - 1]!.symbols;

const blocks = [
  { name: 'alkali metals', symbols: inGroup(1).filter((symbol) => symbol !== 'H') },
  { name: 'alkaline earths', symbols: inGroup(2) },
  { name: '3d metals', symbols: inRange(21, 30) },
  { name: '4d metals', symbols: inRange(39, 48) },
  { name: '5d metals', symbols: inRange(72, 80) },
  { name: 'lanthanides', symbols: inRange(57, 71) },
  { name: 'chalcogens', symbols: inGroup(16) },
  { name: 'halogens', symbols: inGroup(17) },
];
