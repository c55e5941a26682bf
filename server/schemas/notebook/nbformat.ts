import { z } from 'zod';

/** A text as one string or as its lines, which files hold either way; here always one string. */
const multilineSchema = z
  .union([z.string(), z.array(z.string())])
  .transform((text) => (typeof text === 'string' ? text : text.join('')));

const metadataSchema = z.record(z.string(), z.unknown());
const countSchema = z.number().int().min(0).nullable().default(null);

/** Whether the value of a media type is JSON itself and not text. */
export const isJsonType = (mediaType: string): boolean => /^application\/(.*\+)?json$/.test(mediaType);

const bundleSchema = z.record(z.string(), z.unknown()).transform((bundle, context) =>
  Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => {
      if (isJsonType(type)) return [type, value];
      const text = multilineSchema.safeParse(value);
      if (!text.success) context.addIssue({ code: 'custom', message: `${type} must be a text or a list of lines` });
      return [type, text.data ?? ''];
    }),
  ),
);

export const fileOutputSchema = z.discriminatedUnion('output_type', [
  z.object({ output_type: z.literal('stream'), name: z.string(), text: multilineSchema }),
  z.object({ output_type: z.literal('display_data'), data: bundleSchema, metadata: metadataSchema.default({}) }),
  z.object({
    output_type: z.literal('execute_result'),
    data: bundleSchema,
    metadata: metadataSchema.default({}),
    execution_count: countSchema,
  }),
  z.object({
    output_type: z.literal('error'),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

/** As nbformat 4.5 wants them; older files have none. Names that every object of JavaScript has would be mistaken for cells. */
export const cellIdSchema = z
  .string()
  .regex(/^[a-zA-Z0-9-_]{1,64}$/)
  .refine((id) => !(id in {}), 'This name is taken.');

const cellFields = { id: z.string().optional(), metadata: metadataSchema.default({}), source: multilineSchema };
const attachments = z.record(z.string(), bundleSchema).optional();

export const fileCellSchema = z.discriminatedUnion('cell_type', [
  z.object({
    cell_type: z.literal('code'),
    ...cellFields,
    outputs: z.array(fileOutputSchema).default([]),
    execution_count: countSchema,
  }),
  z.object({ cell_type: z.literal('markdown'), ...cellFields, attachments }),
  z.object({ cell_type: z.literal('raw'), ...cellFields, attachments }),
]);

/**
 * A notebook file of format 4, as any program wrote it; format 4.5 is written. Metadata are kept whole, known or not; what the
 * format allows nowhere else goes.
 */
export const notebookFileSchema = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int().min(0),
  metadata: metadataSchema.default({}),
  cells: z.array(fileCellSchema),
});

export type NotebookFile = z.infer<typeof notebookFileSchema>;
export type FileCell = z.infer<typeof fileCellSchema>;
export type FileOutput = z.infer<typeof fileOutputSchema>;

/** The text of a file: lines as lists, keys in order, one space of indent, as Jupyter writes it, so that its differences read well. */
export function writeNotebookFile(file: NotebookFile): string {
  const written = { ...file, nbformat_minor: Math.max(5, file.nbformat_minor), cells: file.cells.map(writeCell) };
  return `${JSON.stringify(written, sortKeys, 1)}\n`;
}

const writeCell = (cell: FileCell) => ({
  ...cell,
  source: toLines(cell.source),
  ...('attachments' in cell && cell.attachments ? { attachments: mapValues(cell.attachments, writeBundle) } : {}),
  ...(cell.cell_type === 'code' ? { outputs: cell.outputs.map(writeOutput) } : {}),
});

function writeOutput(output: FileOutput) {
  if (output.output_type === 'stream') return { ...output, text: toLines(output.text) };
  return 'data' in output ? { ...output, data: writeBundle(output.data) } : output;
}

const writeBundle = (bundle: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(bundle).map(([type, value]) => [
      type,
      !isJsonType(type) && typeof value === 'string' && !type.startsWith('image/') ? toLines(value) : value,
    ]),
  );

/** Lines with their ends. */
const toLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

const sortKeys = (_: string, value: unknown) =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
