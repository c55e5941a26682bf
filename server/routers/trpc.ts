import { initTRPC, TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { AppError, type ErrorCode, toAppError, trpcCode } from '@/server/errors';
import { logger } from '@/server/log';
import type { Actor } from '@/server/services/actor';
import { SIGN_IN } from '@/server/services/auth/gate';

/** Made per request; `actor` is null where neither cookie nor token was given. */
export interface Context {
  actor: Actor | null;
  signal?: AbortSignal;
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  sse: {
    ping: { enabled: true, intervalMs: 3_000 },
    client: { reconnectAfterInactivityMs: 10_000 },
  },
  errorFormatter({ shape, error }) {
    const known = error.cause instanceof AppError ? error.cause : null;
    const zod = error.cause instanceof ZodError ? error.cause : null;
    const code: ErrorCode = known?.code ?? (zod ? 'bad-input' : (ownCodes[error.code] ?? 'internal'));
    return {
      ...shape,
      message: known?.userMessage ?? (zod ? describeZod(zod) : shape.message),
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        error: code,
        details: known?.details ?? {},
      },
    };
  },
});

/** What tRPC itself refuses. */
const ownCodes: Partial<Record<TRPC_ERROR_CODE_KEY, ErrorCode>> = {
  NOT_FOUND: 'not-found',
  PARSE_ERROR: 'bad-input',
  BAD_REQUEST: 'bad-input',
  METHOD_NOT_SUPPORTED: 'bad-input',
  UNSUPPORTED_MEDIA_TYPE: 'bad-input',
};

const describeZod = (err: ZodError) =>
  err.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');

const faults = t.middleware(async ({ next, path }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof SyntaxError) throw asTrpcError(notJson(result.error.cause), path);
  if (result.ok || !(result.error.cause instanceof Error) || result.error.cause instanceof ZodError) return result;
  throw asTrpcError(result.error.cause, path);
});

const notJson = (cause: SyntaxError) =>
  new AppError('bad-input', cause.message, {
    userMessage: 'The request is not JSON, or is longer than the 16 MB that are read.',
    cause,
  });

/** What a service threw, as tRPC's error with our code; what nobody foresaw goes to the log. */
export function asTrpcError(thrown: unknown, path: string): TRPCError {
  const err = toAppError(thrown);
  if (err.code === 'internal') logger.error({ path, err: err.cause ?? err }, 'procedure failed');
  return new TRPCError({ code: trpcCode(err.code), message: err.userMessage, cause: err });
}

const authenticated = t.middleware(({ ctx, next }) => {
  if (!ctx.actor)
    throw new AppError('unauthenticated', 'no cookie and no token', {
      userMessage: SIGN_IN,
    });
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

export const router = t.router;
export const procedure = t.procedure.use(faults).use(authenticated);
export const createCallerFactory = t.createCallerFactory;
