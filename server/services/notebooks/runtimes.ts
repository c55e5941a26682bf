import { db } from '@/server/db/client';
import { AppError, type ErrorCode } from '@/server/errors';
import { runtimesKey } from '@/server/runtime/runtimes-key';

const TIMEOUT_MS = 20_000;

/** Asks the runtimes process, which owns all open notebooks. Who may ask was decided before. */
export async function askRuntimes<Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await callRuntimes(path, { method, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  return (await response.json()) as Answer;
}

/** Its answer as a stream; refusals are thrown as the fault that they name. */
export async function callRuntimes(
  path: string,
  { method, body, bytes, signal }: { method: string; body?: unknown; bytes?: ReadableStream; signal: AbortSignal },
): Promise<Response> {
  const response = await fetch(`${await origin()}${path}`, {
    method,
    headers: { authorization: `Bearer ${runtimesKey()}`, 'content-type': 'application/json' },
    body: bytes ?? (body === undefined ? null : JSON.stringify(body)),
    ...(bytes ? { duplex: 'half' } : {}),
    signal,
  } as RequestInit).catch((cause) => {
    throw away(cause);
  });
  if (response.ok) return response;
  const { code, message } = (await response.json().catch(() => ({}))) as { code?: ErrorCode; message?: string };
  throw new AppError(code ?? 'internal', message ?? `the runtimes process answered ${response.status}`);
}

async function origin(): Promise<string> {
  const host = await db().runtimeHost.findFirst({
    where: { leaseUntil: { gt: new Date() }, stoppedAt: null },
    orderBy: { startedAt: 'desc' },
  });
  if (!host) throw away(null);
  return `http://127.0.0.1:${host.port}`;
}

const away = (cause: unknown) =>
  new AppError('unavailable', 'the runtimes process does not answer', {
    cause,
    userMessage:
      'The process that runs notebooks does not answer at this moment. It is started again by itself; what you typed stays on this page.',
  });
