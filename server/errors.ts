import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';

/** The stable names of what can go wrong, each with its answer to tRPC and to HTTP. */
const answers = {
  'bad-input': { trpc: 'BAD_REQUEST', status: 400 },
  'bad-structure': { trpc: 'UNPROCESSABLE_CONTENT', status: 422 },
  blocked: { trpc: 'PRECONDITION_FAILED', status: 412 },
  unauthenticated: { trpc: 'UNAUTHORIZED', status: 401 },
  forbidden: { trpc: 'FORBIDDEN', status: 403 },
  'not-found': { trpc: 'NOT_FOUND', status: 404 },
  conflict: { trpc: 'CONFLICT', status: 409 },
  'too-large': { trpc: 'PAYLOAD_TOO_LARGE', status: 413 },
  'unsupported-format': { trpc: 'UNSUPPORTED_MEDIA_TYPE', status: 415 },
  'deadline-exceeded': { trpc: 'TIMEOUT', status: 408 },
  'too-many-requests': { trpc: 'TOO_MANY_REQUESTS', status: 429 },
  'lease-lost': { trpc: 'CONFLICT', status: 409 },
  unavailable: { trpc: 'SERVICE_UNAVAILABLE', status: 503 },
  internal: { trpc: 'INTERNAL_SERVER_ERROR', status: 500 },
} as const satisfies Record<string, { trpc: TRPC_ERROR_CODE_KEY; status: number }>;

export type ErrorCode = keyof typeof answers;

interface AppErrorOptions {
  /** What the person reads: what, why, what to do. By default the message. */
  userMessage?: string;
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** A fault that the program foresaw. `message` is for the log, `userMessage` for the person. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly userMessage: string;
  readonly details: Record<string, unknown>;
  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.userMessage = options.userMessage ?? message;
    this.details = options.details ?? {};
  }
}

export const httpStatus = (code: ErrorCode): number => answers[code].status;
export const trpcCode = (code: ErrorCode): TRPC_ERROR_CODE_KEY => answers[code].trpc;

/** Any thrown value as an AppError; what nobody foresaw is `internal`, and its text stays in the log. */
export function toAppError(err: unknown): AppError {
  if (err instanceof AppError) return err;
  if (isDiskFull(err))
    return new AppError('unavailable', err instanceof Error ? err.message : String(err), {
      cause: err,
      userMessage: DISK_FULL,
    });
  if (isDatabaseAway(err))
    return new AppError('unavailable', err instanceof Error ? err.message : String(err), {
      cause: err,
      userMessage: 'The database does not answer at this moment. What was saved is safe; try again in a few seconds.',
    });
  return new AppError('internal', err instanceof Error ? err.message : String(err), {
    cause: err,
    userMessage: 'The server met a fault that it did not foresee. Your work is saved; the log on the server says more.',
  });
}

/** Prisma's codes for a server that cannot be reached, closed the connection, or is busy starting. */
const awayCodes = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037']);
/** What PostgreSQL (class 08, 57P01 to 57P03), its driver and the operating system say. */
const awayPattern =
  /\b(08[0-9A-Z]{3}|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)\b|connection terminated|server has closed the connection|can't reach database server|DatabaseNotReachable|ConnectionClosed|SocketTimeout|the database system is (starting|shutting|in recovery)/i;

/** Whether an error says that the database went away, which says nothing about the work that met it. */
export const isDatabaseAway = (err: unknown): boolean =>
  isOneOfCauses(
    err,
    ({ code, name, message }) =>
      name === 'PrismaClientInitializationError' ||
      awayPattern.test(message) ||
      awayCodes.has(code) ||
      awayPattern.test(code),
  );

export const DISK_FULL = 'The disk of the platform is full: nothing was changed. Free some space on it and try again.';

/** Node's ENOSPC, or PostgreSQL's 53100. */
export const isDiskFull = (err: unknown): boolean =>
  isOneOfCauses(err, ({ code, message }) => /^(ENOSPC|53100)$/.test(code) || /no space left on device/i.test(message));

function isOneOfCauses(
  err: unknown,
  test: (cause: { code: string; name: string; message: string }) => boolean,
): boolean {
  for (let cause: unknown = err, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code, name, message } = cause as Error & { code?: unknown };
    if (test({ code: String(code ?? ''), name, message })) return true;
  }
  return false;
}

export const notFound = (what: string) =>
  new AppError('not-found', `${what} was not found, or belongs to a project you are not a member of.`);
