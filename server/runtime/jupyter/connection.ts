import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { identityOf, isRunning } from '@/server/computers/local/process-identity';

export const channelNames = ['shell', 'control', 'iopub', 'stdin', 'hb'] as const;
export type ChannelName = (typeof channelNames)[number];

/** How a kernel is reached, and the folders that end with it. */
export interface Connection {
  key: string;
  /** With the connection file and the sockets. */
  folder: string;
  /** Where the kernel puts what is not to last. */
  temporaryFolder: string;
  /** On the disk too: what programs share would else be memory that nobody counts. */
  sharedMemoryFolder: string;
  addressOf(channel: ChannelName): string;
  remove(): void;
}

/** The name of the connection file in its folder. */
export const CONNECTION_FILE = 'connection.json';

/** The system takes 107 bytes for the path of a socket. */
const LONGEST_FOLDER = 95;

/**
 * Makes a key and a place to meet and writes Jupyter's connection file, readable by us alone. `kernelFolder` gives the
 * folder's path as the kernel sees it, which a sandbox may have changed.
 */
export async function makeConnection(
  wanted: 'ipc' | 'tcp',
  kernelFolder: (folder: string) => string,
): Promise<Connection> {
  if (!hasSwept) sweepLeft();
  hasSwept = true;
  const root = mkdtempSync(join(tmpdir(), PREFIX));
  // Beside what the kernel can write.
  writeFileSync(join(root, OWNER_FILE), JSON.stringify({ host: hostname(), ...identityOf(process.pid) }));
  const [folder, temporaryFolder, sharedMemoryFolder] = ['kernel', 'tmp', 'shm'].map((name) => {
    mkdirSync(join(root, name), { mode: 0o700 });
    return join(root, name);
  }) as [string, string, string];
  const transport = folder.length > LONGEST_FOLDER ? 'tcp' : wanted;
  const key = randomBytes(32).toString('hex');
  const ports = transport === 'ipc' ? channelNames.map((_, index) => index + 1) : await freePorts(channelNames.length);
  const ip = (base: string) => (transport === 'ipc' ? join(base, 'socket') : '127.0.0.1');
  const file = {
    transport,
    ip: ip(kernelFolder(folder)),
    key,
    signature_scheme: 'hmac-sha256',
    ...Object.fromEntries(channelNames.map((name, index) => [`${name}_port`, ports[index]])),
  };
  writeFileSync(join(folder, CONNECTION_FILE), JSON.stringify(file), { mode: 0o600 });
  return {
    key,
    folder,
    temporaryFolder,
    sharedMemoryFolder,
    addressOf: (channel) => {
      const port = ports[channelNames.indexOf(channel)];
      return transport === 'ipc' ? `ipc://${ip(folder)}-${port}` : `tcp://${ip(folder)}:${port}`;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const PREFIX = 'brine-kernel-';
const OWNER_FILE = 'owner.json';
const ownerSchema = z.object({ host: z.string(), pid: z.number(), bootId: z.string(), startTicks: z.string() });

let hasSwept = false;

/** Removes the folders of processes that were killed before they could; gives how many. */
export function sweepLeft(): number {
  const left = readdirSync(tmpdir())
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(tmpdir(), name))
    .filter(isLeft);
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
  return left.length;
}

/** Folders of others, whose owner we may not read, and those of other machines stay. */
function isLeft(folder: string): boolean {
  try {
    const owner = ownerSchema.parse(JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')));
    return owner.host === hostname() && !isRunning(owner);
  } catch {
    return false;
  }
}

/** Ports that were free a moment ago. All are held until the last is found, so that none comes twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((listening, failed) => {
        server.once('error', failed);
        server.listen(0, '127.0.0.1', listening);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
