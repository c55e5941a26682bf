import { Readable } from 'node:stream';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '@/server/routers';
import { readCliToken } from '@/server/services/auth/cli-token';
import { CliError } from './cli-error';
import { readPlatform } from './platform/platform-file';

const TIMEOUT_MS = 60_000;
const UPLOAD_TIMEOUT_MS = 600_000;

/** A platform, and what lets a program in. */
export interface Access {
  origin: string;
  token: string;
}

/** The running platform of this data folder, or another. */
export function connect({ origin, token }: Access = requirePlatform()) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${origin}/api/trpc`,
        transformer: superjson,
        headers: { authorization: `Bearer ${token}` },
        fetch: (url, options) => fetch(url, { ...(options as RequestInit), signal: AbortSignal.timeout(TIMEOUT_MS) }),
      }),
    ],
  });
}

/** The platform of this data folder where it runs and answers. */
export function findPlatform(): Access | null {
  const origin = readPlatform()?.origin;
  const token = readCliToken();
  return origin && token ? { origin, token } : null;
}

function requirePlatform(): Access {
  const platform = readPlatform();
  const token = readCliToken();
  if (platform && !platform.origin) throw new CliError('The platform is still starting. Try again in a few seconds.');
  if (!platform?.origin || !token)
    throw new CliError('The platform does not run in this folder. Start it with `npm start`.');
  return { origin: platform.origin, token };
}

/** Streams bytes to a route of the platform and gives its answer. */
export async function uploadTo(path: string, body: Readable, method: 'POST' | 'PUT' = 'POST'): Promise<unknown> {
  const { origin, token } = requirePlatform();
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(body) as ReadableStream,
    duplex: 'half',
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  } as RequestInit);
  const answer = await response.json();
  if (response.ok) return answer;
  const { code, message } = (answer as { error: { code: string; message: string } }).error;
  throw new CliError(message, badInput.has(code) ? 2 : 1);
}

/** Streams what a route of the platform gives. */
export async function downloadFrom(path: string): Promise<Readable> {
  const { origin, token } = requirePlatform();
  const response = await fetch(`${origin}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  });
  if (!response.ok) {
    const { code, message } = ((await response.json()) as { error: { code: string; message: string } }).error;
    throw new CliError(message, badInput.has(code) ? 2 : 1);
  }
  return Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
}

const badInput = new Set([
  'bad-input',
  'bad-structure',
  'blocked',
  'not-found',
  'too-large',
  'unsupported-format',
  'conflict',
]);

/** An answer of the platform that says no, as the sentence and the exit status of the command. */
export async function asking<Value>(answer: Promise<Value>): Promise<Value> {
  try {
    return await answer;
  } catch (err) {
    if (!(err instanceof TRPCClientError)) throw err;
    const code = String((err.data as { error?: string } | null | undefined)?.error ?? '');
    throw new CliError(err.message, badInput.has(code) ? 2 : 1);
  }
}
