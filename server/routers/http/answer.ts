import { getTRPCErrorFromUnknown } from '@trpc/server';
import { ZodError } from 'zod';
import { AppError, httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import type { Actor } from '@/server/services/actor';
import { createCaller } from '..';
import { findProcedure } from './procedures';

/** The longest body that is read. */
const BODY_BYTES_MAX = 16_000_000;

/** Answers `/api/v1/<router>/<procedure>`: the procedure's result as plain JSON, or `{error: {code, message, details}}`. */
export async function answerHttp(actor: Actor, segments: readonly string[], request: Request): Promise<Response> {
  const path = segments.join('.');
  try {
    const procedure = findProcedure(path);
    if (!procedure)
      throw new AppError('not-found', `no procedure ${path}`, {
        userMessage: `There is no ${segments.join('/')} in this API: /api/openapi.json lists what there is.`,
      });
    if (request.method !== procedure.method)
      throw new AppError('bad-input', 'wrong method', { userMessage: `${path} is called by ${procedure.method}.` });
    const given = procedure.method === 'GET' ? readQuery(request) : await readBody(request);
    // Where nothing has to be said, nothing need be.
    const result = await call(actor, segments, procedure.input ? (given ?? {}) : given);
    return Response.json(result ?? null, { headers: { 'cache-control': 'no-store' } });
  } catch (thrown) {
    const { code, userMessage: message, details } = describe(thrown, path);
    return Response.json({ error: { code, message, details } }, { status: httpStatus(code) });
  }
}

function call(actor: Actor, segments: readonly string[], input: unknown): Promise<unknown> {
  const caller = createCaller({ actor });
  const run = segments.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], caller);
  return (run as (input: unknown) => Promise<unknown>)(input);
}

/** `?input={...}` as JSON; absent for procedures that take none. */
function readQuery(request: Request): unknown {
  const text = new URL(request.url).searchParams.get('input');
  return text === null ? undefined : parse(text, 'The parameter input');
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > BODY_BYTES_MAX)
    throw new AppError('too-large', 'body too long', { userMessage: 'The request is longer than 16 MB.' });
  return text === '' ? undefined : parse(text, 'The body of the request');
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad-input', 'not JSON', { userMessage: `${what} is not JSON.`, cause });
  }
}

function describe(thrown: unknown, path: string): AppError {
  const { cause } = getTRPCErrorFromUnknown(thrown);
  if (thrown instanceof AppError) return thrown;
  if (cause instanceof AppError) return cause;
  if (cause instanceof ZodError)
    return new AppError('bad-input', cause.message, {
      userMessage: cause.issues.map(({ path: at, message }) => `${at.join('.') || 'input'}: ${message}`).join('; '),
    });
  const err = toAppError(cause ?? thrown);
  if (err.code === 'internal') logger.error({ path, err: thrown }, 'a call of the HTTP API failed');
  return err;
}
