import type { OutputPart } from './operations';
import type { Cell, DataOutput, Output, StreamOutput } from './state';

/** Characters of a stream that are kept of its beginning, and of its end. */
export const HEAD_MAX = 32_000;
export const TAIL_MAX = 32_000;
/** Outputs of a cell that are kept of its first, and of its last ones. */
const FIRST_MAX = 100;
const LAST_MAX = 100;

/** The cell with a part more. Bounded, whatever comes. */
export function addPart(cell: Cell, part: OutputPart): Cell {
  if (part.kind === 'clear') return part.wait ? { ...cell, isClearing: true } : withoutOutputs(cell);
  if (part.kind === 'update') return updateDisplays(cell, part);
  if (part.kind === 'all' || part.kind === 'cut') return changeStream(cell, part);
  if (part.kind === 'skipped') return { ...cell, outputsLeftOut: cell.outputsLeftOut + part.count };
  const kept = cell.isClearing ? withoutOutputs(cell) : cell;
  const last = kept.outputs.at(-1);
  if (part.kind === 'stream' && last?.kind === 'stream' && last.name === part.name)
    return { ...kept, outputs: [...kept.outputs.slice(0, -1), extend(last, part.text)] };
  const added: Output = part.kind === 'stream' ? extend(emptyStream(part.name), part.text) : part;
  return bounded({ ...kept, outputs: [...kept.outputs, added] });
}

export const emptyStream = (name: string): StreamOutput => ({
  ...{ kind: 'stream', name, head: '', tail: '', leftOut: null, all: null },
});

export const withoutOutputs = (cell: Cell): Cell => ({ ...cell, outputs: [], outputsLeftOut: 0, isClearing: false });

function bounded(cell: Cell): Cell {
  const excess = cell.outputs.length - FIRST_MAX - LAST_MAX;
  if (excess <= 0) return cell;
  const outputs = [...cell.outputs.slice(0, FIRST_MAX), ...cell.outputs.slice(FIRST_MAX + excess)];
  return { ...cell, outputs, outputsLeftOut: cell.outputsLeftOut + excess };
}

/** The last stream of that name that it can mean. */
function changeStream(cell: Cell, part: Extract<OutputPart, { kind: 'all' | 'cut' }>): Cell {
  const at = cell.outputs.findLastIndex(
    (output) =>
      output.kind === 'stream' && output.name === part.name && (part.kind === 'cut' || output.leftOut !== null),
  );
  const stream = cell.outputs[at] as StreamOutput | undefined;
  if (!stream) return cell;
  const { kind: _, name: __, ...changes } = part;
  return {
    ...cell,
    outputs: cell.outputs.with(at, { ...stream, ...(part.kind === 'all' ? { all: changes as never } : changes) }),
  };
}

/** Every display of that id is the new one, wherever in the cell it stands. */
function updateDisplays(cell: Cell, { displayId, data, metadata }: Extract<OutputPart, { kind: 'update' }>): Cell {
  const isIt = (output: Output): output is DataOutput => output.kind === 'data' && output.displayId === displayId;
  if (!cell.outputs.some(isIt)) return cell;
  return { ...cell, outputs: cell.outputs.map((output) => (isIt(output) ? { ...output, data, metadata } : output)) };
}

/** A stream with more text: first its head grows, then the tail, whose beginning falls away line by line. */
export function extend(stream: StreamOutput, text: string): StreamOutput {
  if (stream.leftOut || stream.tail !== '')
    return shortenTail({ ...stream, tail: overwrite(stream.tail + text) }, TAIL_MAX);
  const head = overwrite(stream.head + text);
  if (head.length <= HEAD_MAX + TAIL_MAX) return { ...stream, head };
  const cut = lineEnd(head, HEAD_MAX);
  return shortenTail({ ...stream, head: head.slice(0, cut), tail: head.slice(cut) }, TAIL_MAX);
}

/** With no more than so many characters of its end; what falls away is counted. */
export function shortenTail(stream: StreamOutput, max: number): StreamOutput {
  const excess = stream.tail.length - max;
  if (excess <= 0) return stream;
  const cut = stream.tail.indexOf('\n', excess) + 1 || excess;
  const dropped = stream.tail.slice(0, cut);
  const { lines, characters } = stream.leftOut ?? { lines: 0, characters: 0 };
  return {
    ...stream,
    tail: stream.tail.slice(cut),
    leftOut: { lines: lines + countLines(dropped), characters: characters + dropped.length },
  };
}

/** The end of the last line that ends before `limit`. */
const lineEnd = (text: string, limit: number) => text.lastIndexOf('\n', limit - 1) + 1 || limit;

export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/**
 * What a terminal shows of it: a carriage return goes back to the beginning of the line, a backspace one back. Of the line that is
 * not ended the place of the cursor is kept, by a carriage return and what stands before it: what comes next is written there.
 */
export function overwrite(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  const lines = text.replace(/\r+\n/g, '\n').split('\n');
  return lines.map((line, i) => (/[\r\b]/.test(line) ? overwriteLine(line, i === lines.length - 1) : line)).join('\n');
}

function overwriteLine(line: string, isOpen: boolean): string {
  const shown: string[] = [];
  let at = 0;
  for (const character of line)
    if (character === '\r') at = 0;
    else if (character === '\b') at = Math.max(0, at - 1);
    else shown[at++] = character;
  const text = shown.join('');
  return isOpen && at < shown.length ? `${text}\r${shown.slice(0, at).join('')}` : text;
}

/** The text of a stream as it is shown. */
export const shownText = (text: string): string => overwrite(text).replace(/\r.*$/, '');
