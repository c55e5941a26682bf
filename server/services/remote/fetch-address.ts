import { lookup } from 'node:dns/promises';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, isIPv4, type LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { env, VERSION } from '@/server/env';
import { isAllowedBySettings, isPublicAddress } from './public-address';

export interface FetchOptions {
  /** Of the body, unpacked. */
  bytesMax: number;
  /** Of the whole, the body included. */
  timeoutMs: number;
  /** Without a sign of life. */
  silenceMs?: number;
  accept?: string;
  signal?: AbortSignal;
}

export interface Fetched {
  status: number;
  headers: IncomingHttpHeaders;
  /** After redirects. */
  url: string;
  /** Ends with RemoteFault where the limits are passed. */
  body: AsyncIterable<Buffer>;
}

/** Why an address gave nothing. */
export class RemoteFault extends Error {
  override readonly name = 'RemoteFault';
  constructor(
    message: string,
    /** Whether another try may go well. */
    readonly isPassing: boolean,
  ) {
    super(message);
  }
}

const REDIRECTS_MAX = 5;
const URL_MAX = 8_000;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * GET of an address that a person or another server named. Only http and https; only hosts of the public internet, or those that the settings
 * allow (BRINE_FETCH_ALLOW). Names are resolved once, every address of the answer is looked at, and the connection goes to that very address,
 * at each redirect anew: a name that answers differently the second time leads nowhere else. No cookies, no credentials. Throws RemoteFault.
 */
export async function fetchAddress(text: string, options: FetchOptions): Promise<Fetched> {
  const clock = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([clock, options.signal]) : clock;
  let url = readAddress(text);
  try {
    for (let hops = 0; ; hops++) {
      const response = await open(url, await placeOf(url), { ...options, signal });
      const status = response.statusCode!;
      const location = redirects.has(status) ? response.headers.location : undefined;
      if (location === undefined)
        return { status, headers: response.headers, url: url.href, body: limited(response, { ...options, clock }) };
      response.destroy();
      if (hops === REDIRECTS_MAX) throw new RemoteFault(`It redirects more than ${REDIRECTS_MAX} times.`, false);
      url = follow(url, location);
    }
  } catch (err) {
    throw explain(err, clock, options.timeoutMs);
  }
}

/** Throws RemoteFault where it is no address that would be asked. */
export function readAddress(text: string, base?: URL): URL {
  const url = text.length <= URL_MAX && URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (!url) throw new RemoteFault('This is no address of the form https://host/path.', false);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RemoteFault('Only addresses that begin with https:// or http:// are asked.', false);
  if (url.username !== '' || url.password !== '')
    throw new RemoteFault('Addresses with a name and password in them are not asked.', false);
  return url;
}

function follow(from: URL, location: string): URL {
  const to = readAddress(location, from);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new RemoteFault('It redirects from https to http, which is not followed.', false);
  return to;
}

/** Throws RemoteFault where an address leads to a place that is not asked. A name that nobody resolves at this moment may do so later. */
export async function checkAddress(url: URL): Promise<void> {
  await placeOf(url).catch((err: unknown) => {
    if (!(err instanceof RemoteFault && err.isPassing)) throw err;
  });
}

/** The host's address that is connected to. */
async function placeOf({ hostname }: URL): Promise<string> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolveName(host);
  const allowed = env().fetchAllow;
  const wrong = addresses.find((address) => !isPublicAddress(address) && !isAllowedBySettings(host, address, allowed));
  if (wrong !== undefined)
    throw new RemoteFault(
      `${host} is a place within this machine or its network (${wrong}), which is not asked. Whoever runs the platform can allow it in BRINE_FETCH_ALLOW.`,
      false,
    );
  return addresses[0]!;
}

async function resolveName(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  if (found.length === 0) throw new RemoteFault(`There is no host ${host.slice(0, 200)}.`, true);
  return found.map(({ address }) => address);
}

function open(url: URL, address: string, options: FetchOptions & { signal: AbortSignal }): Promise<IncomingMessage> {
  const family = isIPv4(address) ? 4 : 6;
  const pinned: LookupFunction = (_, { all }, done) =>
    all ? done(null, [{ address, family }]) : done(null, address, family);
  const settings: RequestOptions = {
    ...{ agent: false, lookup: pinned, signal: options.signal, timeout: options.silenceMs ?? 30_000 },
    headers: {
      accept: options.accept ?? '*/*',
      'accept-encoding': 'gzip, br, deflate',
      'user-agent': `Brine/${VERSION}`,
    },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, settings, resolve);
    request.on('timeout', () => request.destroy(new RemoteFault('It has not answered for a long time.', true)));
    request.on('error', reject);
    request.end();
  });
}

const unpackers: Record<string, () => ReturnType<typeof createGunzip>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
};

async function* limited(
  response: IncomingMessage,
  { bytesMax, timeoutMs, clock }: FetchOptions & { clock: AbortSignal },
): AsyncGenerator<Buffer> {
  const packing = response.headers['content-encoding']?.toLowerCase().trim() ?? 'identity';
  const unpacker = unpackers[packing]?.();
  if (unpacker) response.on('error', (err) => unpacker.destroy(err));
  let total = 0;
  try {
    for await (const chunk of unpacker ? response.pipe(unpacker) : response) {
      total += chunk.length;
      if (total > bytesMax)
        throw new RemoteFault(
          `It is larger than ${Math.round(bytesMax / 1024 ** 2)} MB, the most that is taken.`,
          false,
        );
      yield chunk;
    }
    if (!response.complete) throw new RemoteFault('The connection ended before the answer did.', true);
  } catch (err) {
    throw explain(err, clock, timeoutMs);
  } finally {
    response.destroy();
    unpacker?.destroy();
  }
}

/** Whoever stopped it by their own signal gets that error back. */
function explain(err: unknown, clock: AbortSignal, timeoutMs: number): unknown {
  if (err instanceof RemoteFault) return err;
  if (clock.aborted) return new RemoteFault(`It took longer than ${Math.round(timeoutMs / 1000)} s.`, true);
  const { code, name, message } = err as Error & { code?: string };
  if (name === 'AbortError') return err;
  return new RemoteFault(`The connection failed: ${code ?? message}.`, true);
}
