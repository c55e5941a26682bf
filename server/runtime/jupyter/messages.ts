import { z } from 'zod';

/** What kernels answer. Kernels in the wild leave fields out: these have defaults where the protocol lets one guess. */
export const kernelInfoSchema = z.object({
  implementation: z.string().default(''),
  implementation_version: z.string().default(''),
  protocol_version: z.string().default('5.0'),
  banner: z.string().default(''),
  language_info: z.looseObject({
    name: z.string(),
    version: z.string().default(''),
    mimetype: z.string().default('text/plain'),
    file_extension: z.string().default('.txt'),
  }),
});
export type KernelInfo = z.infer<typeof kernelInfoSchema>;

const record = z.record(z.string(), z.unknown());

export const executeReplySchema = z
  .object({
    status: z.enum(['ok', 'error', 'aborted', 'abort']),
    execution_count: z.number().int().nullish(),
    user_expressions: record.nullish(),
    ename: z.string().nullish(),
    evalue: z.string().nullish(),
    traceback: z.array(z.string()).nullish(),
  })
  .transform((reply) => ({
    status: reply.status === 'abort' ? ('aborted' as const) : reply.status,
    executionCount: reply.execution_count ?? null,
    userExpressions: reply.user_expressions ?? {},
    error:
      reply.status === 'error'
        ? { ename: reply.ename ?? 'Error', evalue: reply.evalue ?? '', traceback: reply.traceback ?? [] }
        : null,
  }));
export type ExecuteReply = z.infer<typeof executeReplySchema>;

export const completeReplySchema = z.object({
  matches: z.array(z.string()).default([]),
  cursor_start: z.number().int().min(0).default(0),
  cursor_end: z.number().int().min(0).default(0),
  metadata: record.default({}),
});

export const inspectReplySchema = z.object({
  found: z.boolean().default(false),
  data: record.default({}),
  metadata: record.default({}),
});
export type InspectReply = z.infer<typeof inspectReplySchema>;

export const isCompleteReplySchema = z.object({
  status: z.enum(['complete', 'incomplete', 'invalid', 'unknown']),
  indent: z.string().default(''),
});
export type IsCompleteReply = z.infer<typeof isCompleteReplySchema>;

/** Entries are (session, line, source), or (session, line, [source, output]). */
export const historyReplySchema = z.object({
  history: z
    .array(z.tuple([z.number(), z.number(), z.union([z.string(), z.tuple([z.string(), z.string().nullable()])])]))
    .default([]),
});

export const commInfoReplySchema = z.object({
  comms: z.record(z.string(), z.object({ target_name: z.string() })).default({}),
});
