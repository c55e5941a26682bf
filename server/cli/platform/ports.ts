import { type AddressInfo, createServer } from 'node:net';
import { CliError } from '../cli-error';

const TRIES = 50;

/** The first free port from `wanted` on; any free one for 0. */
export async function findPort(host: string, wanted: number): Promise<number> {
  if (wanted === 0) return freePort(host);
  for (let port = wanted; port < wanted + TRIES && port < 65_536; port++) if (await isFree(host, port)) return port;
  throw new CliError(`No port from ${wanted} to ${wanted + TRIES - 1} is free on ${host}. Set PORT to another.`);
}

const isFree = (host: string, port: number): Promise<boolean> =>
  listenOnce(host, port).then(
    () => true,
    () => false,
  );

const freePort = (host: string) => listenOnce(host, 0);

/** Listens and closes at once; gives the port. */
function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}
