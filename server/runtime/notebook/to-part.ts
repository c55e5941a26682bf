import { z } from 'zod';
import { toBundle } from '@/server/schemas/notebook/from-file';
import type { OutputPart } from '@/server/schemas/notebook/operations';

const record = z.record(z.string(), z.unknown()).catch({});
const transient = z.object({ display_id: z.string().optional() }).catch({});
const schemas = {
  stream: z.object({ name: z.string().max(40), text: z.string() }),
  data: z.object({ data: record, metadata: record, transient, execution_count: z.number().int().nullish() }),
  error: z.object({
    ename: z.string().catch('Error'),
    evalue: z.string().catch(''),
    traceback: z.array(z.string()).catch([]),
  }),
  clear: z.object({ wait: z.boolean().catch(false) }),
};
const TRACE_LINES_MAX = 200;
const TRACE_LINE_MAX = 20_000;

/** What a message of Jupyter puts out, in our words; null where it puts out nothing. */
export function toPart(type: string, content: unknown): OutputPart | null {
  switch (type) {
    case 'stream': {
      const read = schemas.stream.safeParse(content);
      return read.success && read.data.text !== '' ? { kind: 'stream', ...read.data } : null;
    }
    case 'display_data':
    case 'execute_result': {
      const { data, metadata, transient: fleeting, execution_count } = schemas.data.parse(content ?? {});
      return {
        kind: 'data',
        data: toBundle(textsJoined(data)),
        metadata,
        isResult: type === 'execute_result',
        executionCount: execution_count ?? null,
        displayId: fleeting.display_id ?? null,
      };
    }
    case 'update_display_data': {
      const { data, metadata, transient: fleeting } = schemas.data.parse(content ?? {});
      const displayId = fleeting.display_id;
      return displayId ? { kind: 'update', displayId, data: toBundle(textsJoined(data)), metadata } : null;
    }
    case 'error': {
      const { ename: name, evalue: message, traceback } = schemas.error.parse(content ?? {});
      const trace = traceback.slice(0, TRACE_LINES_MAX).map((line) => line.slice(0, TRACE_LINE_MAX));
      return { kind: 'error', name, message: message.slice(0, TRACE_LINE_MAX), trace };
    }
    case 'clear_output':
      return { kind: 'clear', ...schemas.clear.parse(content ?? {}) };
    default:
      return null;
  }
}

/** Some kernels send lists of lines also here. */
const textsJoined = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      Array.isArray(value) && value.every((line) => typeof line === 'string') && !type.endsWith('json')
        ? value.join('')
        : value,
    ]),
  );
