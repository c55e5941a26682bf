import type { CalculationDetail } from '@/server/schemas/calculation';
import { stateLooks } from '../components/StateBadge';
import { fixed, NOT_COMPUTED } from '../format/number';
import { duration } from '../format/time';
import { formulaText } from '../format/typeset';
import { type Row, reviewRows } from '../wizard/review/review-rows';
import { stepTexts } from '../wizard/steps';
import type { RunResults } from './run-results';

export interface ComparedRun {
  calculation: CalculationDetail;
  /** In the cell. */
  atoms: number;
  results: RunResults;
}

export interface RunCell {
  text: string;
  /** Kind and place of a figure, or that a setting was set by hand. */
  detail: string | null;
  /** Against the first one that has the value: "+0.0123". */
  change: string | null;
}

export interface RunRow {
  name: string;
  cells: RunCell[];
  differs: boolean;
}

export interface RunSection {
  title: string;
  rows: RunRow[];
}

/** Numbers nearer than this, relative, are the same: reruns differ in their last digits. */
const SAME = 1e-9;
const absent: RunCell = { text: NOT_COMPUTED, detail: null, change: null };
const none: RunCell = { text: '–', detail: null, change: null };

/** Results first, then every setting, step by step; each row says whether its values differ. */
export function runSections(runs: readonly ComparedRun[]): RunSection[] {
  const settings = runs.map(({ calculation: { inputs } }) => reviewRows(inputs.draft, inputs.resolved));
  const steps = settings[0]?.map(([step]) => step) ?? [];
  return [
    { title: 'Results', rows: [stateRow(runs), ...figureRows(runs)] },
    ...steps.map((step) => ({
      title: stepTexts[step].short,
      rows: settingRows(
        runs,
        settings.map((one) => one.find(([name]) => name === step)?.[1] ?? []),
      ),
    })),
  ];
}

function stateRow(runs: readonly ComparedRun[]): RunRow {
  const cells = runs.map(({ calculation: { state, startedAt, finishedAt } }) => ({
    text: stateLooks[state].word,
    detail: startedAt && finishedAt ? duration((finishedAt.getTime() - startedAt.getTime()) / 1000) : null,
    change: null,
  }));
  return { name: 'State', cells, differs: hasSeveral(cells) };
}

function figureRows(runs: readonly ComparedRun[]): RunRow[] {
  const names = [...new Set(runs.flatMap(({ results }) => results.figures.map(({ name }) => name)))];
  return names.map((name) => {
    const found = runs.map(({ results }) => results.figures.find((figure) => figure.name === name));
    const numbers = found.map((figure) => (figure?.full == null ? null : Number(figure.full)));
    const first = numbers.find((number) => number !== null) ?? null;
    const cells = found.map((figure, i): RunCell => {
      if (!figure) return absent;
      return { text: figure.shown, detail: figure.detail, change: changeText(numbers[i]!, first, figure.shown) };
    });
    // What differs by less than is shown, as forces that symmetry forbids, is the same.
    const isPartly = first !== null && numbers.includes(null);
    const differs = first === null ? hasSeveral(cells) : isPartly || cells.some(({ change }) => change !== null);
    return { name, cells, differs };
  });
}

/** The difference, to as many decimals as the value shows and two more. */
function changeText(value: number | null, first: number | null, shown: string): string | null {
  if (value === null || first === null || Math.abs(value - first) <= SAME * Math.abs(first)) return null;
  const decimals = (/\.(\d+)/.exec(shown)?.[1]?.length ?? 0) + 2;
  const text = fixed(value - first, decimals);
  return /[1-9]/.test(text) ? (value > first ? `+${text}` : text) : null;
}

function settingRows(runs: readonly ComparedRun[], given: readonly (readonly Row[])[]): RunRow[] {
  const names = [...new Set(given.flatMap((rows) => rows.map(([name]) => name)))];
  return names.map((name) => {
    const cells = given.map((rows, i): RunCell => {
      const row = rows.find(([one]) => one === name);
      if (!row) return none;
      const [, value, mark] = row;
      const isText = typeof value === 'string' || typeof value === 'number';
      // The one value that is typeset.
      const text = isText ? String(value) : formulaText(runs[i]!.calculation.formula);
      return { text, detail: mark ?? null, change: null };
    });
    return { name, cells, differs: hasSeveral(cells) };
  });
}

const hasSeveral = (cells: readonly RunCell[]) => new Set(cells.map(({ text }) => text)).size > 1;
