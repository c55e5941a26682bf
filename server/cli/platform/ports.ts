import { createServer } from 'node:net';
import { CliError } from '../cli-error';

const TRIES = 50;

/** The first free port from `wanted` on. */
export async function findPort(host: string, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES && port < 65_536; port++) if (await isFree(host, port)) return port;
  throw new CliError(`No port from ${wanted} to ${wanted + TRIES - 1} is free on ${host}. Set PORT to another.`);
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
