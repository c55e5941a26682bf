import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fetchAddress } from '@/server/services/remote/fetch-address';
import { isAllowedBySettings, isPublicAddress } from '@/server/services/remote/public-address';

let server: Server;
let origin: string;
let answer: RequestListener;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
afterEach(() => {
  delete process.env.BRINE_FETCH_ALLOW;
  asked.length = 0;
});

const allowLoopback = () => {
  process.env.BRINE_FETCH_ALLOW = '127.0.0.1';
};
const limits = { bytesMax: 1_000_000, timeoutMs: 5_000 };
async function read(url: string, options: Partial<typeof limits> = {}) {
  const { status, body, url: final } = await fetchAddress(url, { ...limits, ...options });
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return { status, url: final, text: Buffer.concat(chunks).toString() };
}

describe('addresses', () => {
  test.each([
    ...['127.0.0.1', '10.0.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '::1', '::', 'fe80::1', 'fd00:ec2::254', '::ffff:8.8.8.8'],
    ...['::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'example.org', ''],
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '129.132.1.1', '172.32.0.1', '2001:620:0:ff::2', '2606:4700::1111'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test('are allowed by range, by address and by the name that led to them', () => {
    const allowed = ['10.1.0.0/16', '::1', 'data.lab'];
    expect(isAllowedBySettings('x', '10.1.2.3', allowed)).toBe(true);
    expect(isAllowedBySettings('x', '10.2.2.3', allowed)).toBe(false);
    expect(isAllowedBySettings('x', '::1', allowed)).toBe(true);
    expect(isAllowedBySettings('DATA.lab', '192.168.0.9', allowed)).toBe(true);
    expect(isAllowedBySettings('other.lab', '192.168.0.9', allowed)).toBe(false);
  });
});

describe('what is not asked', () => {
  test.each([
    'file:///etc/passwd',
    'ftp://example.org/a',
    'gopher://example.org',
    'https://me:secret@example.org/',
    'not an address',
    `https://example.org/${'x'.repeat(9_000)}`,
  ])('%s', async (url) => {
    await expect(fetchAddress(url, limits)).rejects.toMatchObject({ name: 'RemoteFault', isPassing: false });
  });

  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.1'])(
    'this machine as %s',
    async (host) => {
      const { port } = server.address() as AddressInfo;
      await expect(fetchAddress(`http://${host}:${port}/`, limits)).rejects.toThrow(/within this machine/);
      expect(asked).toEqual([]);
    },
  );

  test('a place within the network to which an allowed one redirects', async () => {
    allowLoopback();
    answer = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    await expect(read(`${origin}/`)).rejects.toThrow(/169\.254\.169\.254/);
    answer = (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    await expect(read(`${origin}/`)).rejects.toThrow(/Only addresses/);
  });
});

describe('an allowed server', () => {
  test('is read, also packed and behind redirects', async () => {
    allowLoopback();
    answer = (request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('the text'));
    };
    expect(await read(`${origin}/old`)).toEqual({ status: 200, url: `${origin}/new`, text: 'the text' });
  });

  test('that redirects for ever is left', async () => {
    allowLoopback();
    answer = (_, response) => response.writeHead(302, { location: '/again' }).end();
    await expect(read(`${origin}/`)).rejects.toThrow(/redirects more than 5/);
    expect(asked).toHaveLength(6);
  });

  test('that sends too much is cut off, however it is packed', async () => {
    allowLoopback();
    answer = (_, response) => response.end(Buffer.alloc(2_000_000));
    await expect(read(`${origin}/`)).rejects.toThrow(/larger than/);
    answer = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
    await expect(read(`${origin}/`)).rejects.toThrow(/larger than/);
  });

  test('that is slow, ends early or is not there may be asked again', async () => {
    allowLoopback();
    answer = async (_, response) => {
      response.write('a');
      await sleep(2_000);
      response.end('b');
    };
    await expect(read(`${origin}/`, { timeoutMs: 200 })).rejects.toMatchObject({ isPassing: true });
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('only this');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(read(`${origin}/`)).rejects.toMatchObject({ name: 'RemoteFault', isPassing: true });
    await expect(read('http://127.0.0.1:9/')).rejects.toMatchObject({ name: 'RemoteFault', isPassing: true });
  });

  test('is left when the asker stops', async () => {
    allowLoopback();
    answer = () => undefined;
    const stop = new AbortController();
    const asking = fetchAddress(`${origin}/`, { ...limits, signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});
