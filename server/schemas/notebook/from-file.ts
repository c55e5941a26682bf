import { cellIdSchema, type FileCell, type FileOutput, isJsonType, type NotebookFile } from './nbformat';
import { type Bundle, type Cell, emptyCell, emptyState, type NotebookState, type Output } from './state';

export interface ReadNotebook {
  state: NotebookState;
  sources: Record<string, string>;
}

const DEFAULT_SPEC = 'python3';

/** A notebook from a file. Cells without an id, or with one that another has, get a new one. Its outputs are not trusted. */
export function fromFile(file: NotebookFile, newId: () => string): ReadNotebook {
  const spec = (file.metadata['kernelspec'] as { name?: unknown } | undefined)?.name;
  const state = { ...emptyState(typeof spec === 'string' ? spec : DEFAULT_SPEC), metadata: file.metadata };
  const sources: Record<string, string> = {};
  const cells: Record<string, Cell> = {};
  // The keys of an object are no order: those that read as numbers come first.
  const order: string[] = [];
  for (const cell of file.cells) {
    const isUsable = cellIdSchema.safeParse(cell.id).success && !Object.hasOwn(cells, cell.id!);
    const id = isUsable ? cell.id! : newId();
    cells[id] = toCell(id, cell);
    sources[id] = cell.source;
    order.push(id);
  }
  return { state: { ...state, cells, order }, sources };
}

function toCell(id: string, cell: FileCell): Cell {
  const made = { ...emptyCell(id, cell.cell_type), metadata: cell.metadata, isTrusted: false };
  if (cell.cell_type === 'code')
    return { ...made, outputs: cell.outputs.map(toOutput), executionCount: cell.execution_count };
  if (!cell.attachments) return made;
  const attachments = Object.entries(cell.attachments).map(([name, bundle]) => [name, toBundle(bundle)]);
  return { ...made, attachments: Object.fromEntries(attachments) };
}

function toOutput(output: FileOutput): Output {
  switch (output.output_type) {
    case 'stream':
      return { kind: 'stream', name: output.name, head: output.text, tail: '', leftOut: null, all: null };
    case 'error':
      return { kind: 'error', name: output.ename, message: output.evalue, trace: output.traceback };
    default:
      return {
        kind: 'data',
        data: toBundle(output.data),
        metadata: output.metadata,
        isResult: output.output_type === 'execute_result',
        executionCount: output.output_type === 'execute_result' ? output.execution_count : null,
        displayId: null,
      };
  }
}

export const toBundle = (data: Record<string, unknown>): Bundle =>
  Object.fromEntries(Object.entries(data).map(([type, inline]) => [type, { inline }]));

/** How the value of a media type is kept as bytes. */
export function encodingOf(mediaType: string): 'text' | 'base64' | 'json' {
  if (isJsonType(mediaType)) return 'json';
  return /^(image|audio|video)\/(?!svg)|^application\/(pdf|octet-stream)/.test(mediaType) ? 'base64' : 'text';
}
