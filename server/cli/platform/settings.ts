import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { env } from '@/server/env';
import { CliError } from '../cli-error';

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/** Where the web shall listen, from HOST and PORT; port 0 means any that is free. */
export function readAddress(): { host: string; port: number } {
  const { host, port } = env();
  if (!loopback.has(host))
    throw new CliError(
      `HOST ${host} is not a loopback address. Until Brine has accounts it serves this machine only.`,
      1,
    );
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new CliError(
      `PORT ${process.env.PORT} is no port: give a whole number from 1 to 65535, or 0 for any that is free.`,
      1,
    );
  return { host, port };
}

export function checkDatabaseUrl(): void {
  const { databaseUrl } = env();
  if (databaseUrl === null || /^postgres(ql)?:\/\/\S+$/.test(databaseUrl)) return;
  throw new CliError('DATABASE_URL is no address of a PostgreSQL: postgresql://USER:PASSWORD@HOST:PORT/NAME is one.');
}

/** Makes the data folder where it is not there. Everyone may pass through (PostgreSQL's user must), nobody may list it. */
export function makeDataFolder(): void {
  const { dataFolder, logFolder } = env();
  try {
    makeFolder(dataFolder);
    makeFolder(logFolder);
    accessSync(dataFolder, constants.W_OK);
  } catch (err) {
    throw new CliError(
      `The data folder ${dataFolder} cannot be used: ${(err as Error).message}. Set BRINE_DATA to another.`,
    );
  }
}

/** Not Node's recursive mkdir, which tries for ever where the system makes no folders, as in /proc. */
function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new Error(`${path} is a file`);
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o711 });
}
