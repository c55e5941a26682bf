import { type FileOutput, isJsonType } from '@/server/schemas/notebook/nbformat';
import type { RuntimeMessage } from './jupyter/runtime';

type DataOutput = Extract<FileOutput, { output_type: 'display_data' | 'execute_result' }>;

/** Gathers what a kernel says into the outputs of cells, as a notebook file holds them: all of it, in order. */
export class OutputCollector {
  /** Of each run, the outputs of its cell. */
  readonly #outputs = new Map<string, FileOutput[]>();
  readonly #displays = new Map<string, DataOutput[]>();
  /** Cells whose next output takes the place of all that are there. */
  readonly #clearing = new Set<FileOutput[]>();

  /** What is said for that run goes to these outputs. */
  open(runId: string): FileOutput[] {
    const outputs: FileOutput[] = [];
    this.#outputs.set(runId, outputs);
    return outputs;
  }

  hear({ type, parentId, content }: Pick<RuntimeMessage, 'type' | 'parentId' | 'content'>): void {
    const displayId = textOr((content.transient as { display_id?: unknown } | undefined)?.display_id, '');
    if (type === 'update_display_data') {
      // Wherever in the notebook it stands.
      for (const output of this.#displays.get(displayId) ?? []) Object.assign(output, contentOf(content));
      return;
    }
    const outputs = this.#outputs.get(parentId ?? '');
    if (!outputs) return;
    if (type === 'clear_output') {
      if (content.wait === true) this.#clearing.add(outputs);
      else outputs.length = 0;
      return;
    }
    const output = toOutput(type, content);
    if (!output) return;
    if (this.#clearing.delete(outputs)) outputs.length = 0;
    const last = outputs.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name)
      last.text += output.text;
    else outputs.push(output);
    if (displayId && 'data' in output)
      this.#displays.set(displayId, [...(this.#displays.get(displayId) ?? []), output]);
  }
}

/** Null for what is no output. */
function toOutput(type: string, content: Record<string, unknown>): FileOutput | null {
  switch (type) {
    case 'stream':
      return { output_type: 'stream', name: textOr(content.name, 'stdout'), text: textOr(content.text, '') };
    case 'display_data':
      return { output_type: 'display_data', ...contentOf(content) };
    case 'execute_result':
      return {
        output_type: 'execute_result',
        ...contentOf(content),
        execution_count: countOr(content.execution_count),
      };
    case 'error':
      return {
        output_type: 'error',
        ename: textOr(content.ename, 'Error'),
        evalue: textOr(content.evalue, ''),
        traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
      };
    default:
      return null;
  }
}

/** The format takes JSON for types of JSON alone; what a kernel gives otherwise becomes text. */
const contentOf = ({ data, metadata }: Record<string, unknown>) => ({
  data: Object.fromEntries(
    Object.entries(recordOr(data)).map(([type, value]) => [
      type,
      isJsonType(type) || typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    ]),
  ),
  metadata: recordOr(metadata),
});

const textOr = (value: unknown, other: string) => (typeof value === 'string' ? value : other);
const countOr = (value: unknown) => (Number.isInteger(value) && (value as number) >= 0 ? (value as number) : null);
const recordOr = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
