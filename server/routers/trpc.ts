import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { AppError, type ErrorCode, toAppError, trpcCode } from '@/server/errors';
import { logger } from '@/server/log';
import type { Actor } from '@/server/services/actor';

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
    const code: ErrorCode = known?.code ?? (zod ? 'bad-input' : error.code === 'NOT_FOUND' ? 'not-found' : 'internal');
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

const describeZod = (err: ZodError) =>
  err.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');

const faults = t.middleware(async ({ next, path }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof Error) || result.error.cause instanceof ZodError) return result;
  throw asTrpcError(result.error.cause, path);
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
      userMessage: 'Open the address that the platform printed when it started; it signs this browser in.',
    });
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

export const router = t.router;
export const procedure = t.procedure.use(faults).use(authenticated);
export const createCallerFactory = t.createCallerFactory;
