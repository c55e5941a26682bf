import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import type { Comm } from '@/server/schemas/notebook/comms';
import type { KernelChoice } from '@/server/schemas/notebook/notebooks';
import type { SentOperations } from '@/server/schemas/notebook/operations';
import { findKernelspecs } from '../jupyter/kernelspecs';
import { runtimesKey } from '../runtimes-key';
import { answerFiles } from './serve-files';
import type { Sessions } from './sessions';

const BODY_MAX = 20_000_000;
const ALIVE_MS = 5_000;
/** A page that reads so slowly that more than this waits for it is let go; it comes again and gets all anew. */
const WAITING_MAX = 16_000_000;
const idPattern = '([0-9a-f]{8}-[0-9a-f-]{27})';

/** Listens on a loopback port of the system's choice. Only the web of this installation, which has the key, is let in; it has authorised before. */
export async function serve(sessions: () => Promise<Sessions>): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    answer(sessions, request, response).catch((thrown) => refuse(response, thrown));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function answer(
  sessions: () => Promise<Sessions>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isLetIn(request.headers.authorization)) throw new AppError('unauthenticated', 'no key');
  const url = new URL(request.url ?? '/', 'http://runtimes');
  const route = `${request.method} ${url.pathname}`;
  if (route === 'GET /kernels') return send(response, listKernels());
  const found = new RegExp(`^(\\w+) /notebooks/${idPattern}(?:/(\\w+))?$`).exec(route);
  if (!found) throw new AppError('not-found', route);
  const [, method, id, what] = found as unknown as [string, string, string, string | undefined];
  if (what === 'files') {
    const answered = await answerFiles(id, { request, response, url });
    return answered === null ? undefined : send(response, answered);
  }
  const all = await sessions();
  if (method === 'DELETE' && !what) {
    await all.remove(id);
    return send(response, {});
  }
  if (method === 'GET' && what === 'events') {
    const number = Number(url.searchParams.get('number') ?? 0);
    const session = await all.get(id);
    return stream(response, (listener) => session.follow({ epoch: url.searchParams.get('epoch'), number }, listener));
  }
  if (method !== 'POST') throw new AppError('not-found', route);
  // The body first: between getting a session and using it nothing is waited for, so that it is not closed meanwhile.
  const body = await readJson(request);
  const session = await all.get(id);
  if (what === 'operations') return send(response, await session.receive(body as SentOperations));
  if (what === 'comm') {
    session.sendComm(body as Comm);
    return send(response, {});
  }
  if (what === 'leave') {
    session.leave();
    return send(response, {});
  }
  if (what === 'variables') return send(response, await session.variables());
  if (what === 'versions') {
    const { name, userId } = body as { name: string; userId: string };
    return send(response, { id: await session.versions.save(name, userId) });
  }
  if (what === 'restore') {
    const { versionId, userId } = body as { versionId: string; userId: string };
    return send(response, await session.versions.restore(versionId, userId));
  }
  const { code, offset } = body as { code: string; offset: number };
  if (what === 'complete') return send(response, await session.complete(code, offset));
  if (what === 'inspect') return send(response, await session.inspect(code, offset));
  throw new AppError('not-found', route);
}

/** One message a line; an empty line now and then tells that the connection stands. */
function stream(response: ServerResponse, follow: (listener: (message: unknown) => void) => () => void): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  const write = (line: string) => {
    response.write(`${line}\n`);
    if (response.writableLength > WAITING_MAX) response.destroy();
  };
  const end = follow((message) => write(JSON.stringify(message)));
  const alive = setInterval(() => write(''), ALIVE_MS);
  response.flushHeaders();
  response.on('close', () => {
    clearInterval(alive);
    end();
  });
}

const listKernels = (): KernelChoice[] =>
  findKernelspecs().map(({ name, displayName, language }) => ({ spec: name, displayName, language }));

function isLetIn(authorization: string | undefined): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${runtimesKey()}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_MAX) throw new AppError('too-large', 'body too long');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}

function send(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function refuse(response: ServerResponse, thrown: unknown): void {
  const err = toAppError(thrown);
  if (err.code === 'internal') logger.error({ err: thrown }, 'a request of the web failed');
  if (response.headersSent) return void response.destroy();
  response
    .writeHead(httpStatus(err.code), { 'content-type': 'application/json' })
    .end(JSON.stringify({ code: err.code, message: err.userMessage }));
}
