import type { FileCell, FileOutput, NotebookFile } from './nbformat';
import type { Bundle, Cell, MimeValue, NotebookState, Output, StreamOutput } from './state';

interface Contents {
  sourceOf: (cellId: string) => string;
  /** The value of a blob, as it would stand in the file. */
  valueAt: (blob: string, encoding: 'text' | 'base64' | 'json') => unknown;
}

/** The notebook as a file of format 4.5. */
export function toFile(state: NotebookState, contents: Contents): NotebookFile {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: withRuntime(state),
    cells: state.order.map((id) => toFileCell(state.cells[id]!, contents)),
  };
}

/** Which kernel it was written for stands in the file, for other programs too. */
function withRuntime({ metadata, runtime: { spec, info } }: NotebookState): Record<string, unknown> {
  const kernelspec = metadata['kernelspec'] ?? {
    ...{ name: spec, display_name: info?.displayName ?? spec },
    ...(info ? { language: info.language } : {}),
  };
  return {
    ...metadata,
    kernelspec,
    ...(info && !('language_info' in metadata)
      ? { language_info: { name: info.language, version: info.version } }
      : {}),
  };
}

function toFileCell(cell: Cell, contents: Contents): FileCell {
  const { id, metadata } = cell;
  const common = { id, metadata, source: contents.sourceOf(id) };
  if (cell.type === 'code')
    return {
      cell_type: 'code',
      ...common,
      outputs: cell.outputs.map((output) => toFileOutput(output, contents)),
      execution_count: cell.executionCount,
    };
  const attachments =
    cell.attachments &&
    Object.fromEntries(Object.entries(cell.attachments).map(([name, bundle]) => [name, toData(bundle, contents)]));
  return { cell_type: cell.type, ...common, ...(attachments ? { attachments } : {}) };
}

function toFileOutput(output: Output, contents: Contents): FileOutput {
  switch (output.kind) {
    case 'stream':
      return { output_type: 'stream', name: output.name, text: streamText(output, contents) };
    case 'error':
      return { output_type: 'error', ename: output.name, evalue: output.message, traceback: output.trace };
    case 'data': {
      const { metadata, executionCount } = output;
      const data = toData(output.data, contents);
      return output.isResult
        ? { output_type: 'execute_result', data, metadata, execution_count: executionCount }
        : { output_type: 'display_data', data, metadata };
    }
  }
}

/** All of it where all of it was kept; else it says what is missing in the middle. */
function streamText({ head, tail, leftOut, all }: StreamOutput, { valueAt }: Contents): string {
  if (all?.isWhole || (all && !leftOut)) return String(valueAt(all.blob, 'text'));
  if (!leftOut) return head + tail;
  return `${head}\n[${leftOut.lines} lines, ${leftOut.characters} characters left out]\n${tail}`;
}

const toData = (bundle: Bundle, contents: Contents): Record<string, unknown> =>
  Object.fromEntries(Object.entries(bundle).map(([type, value]) => [type, plain(value, contents)]));

const plain = (value: MimeValue, { valueAt }: Contents) =>
  'blob' in value ? valueAt(value.blob, value.encoding) : value.inline;

/** The blobs that a notebook uses, each once. */
export function blobsOf(state: NotebookState): Map<string, 'text' | 'base64' | 'json'> {
  const found = new Map<string, 'text' | 'base64' | 'json'>();
  const add = (bundle: Bundle) => {
    for (const value of Object.values(bundle)) if ('blob' in value) found.set(value.blob, value.encoding);
  };
  for (const cell of [...Object.values(state.cells), ...state.bin.map((entry) => entry.cell)]) {
    for (const bundle of Object.values(cell.attachments ?? {})) add(bundle);
    for (const output of cell.outputs)
      if (output.kind === 'data') add(output.data);
      else if (output.kind === 'stream' && output.all) found.set(output.all.blob, 'text');
  }
  return found;
}
