import type { ComputerDriver } from '@/server/computers/driver';
import { localDriver } from '@/server/computers/local/driver';
import { openShell } from '@/server/computers/open-shell';
import { RemoteDriver } from '@/server/computers/remote/driver';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { computerSettingsSchema } from '@/server/schemas/computers';

interface Opened {
  /** The row as it was then: what changed is opened anew. */
  mark: string;
  driver: ComputerDriver;
  close(): void;
}

/** One driver a computer, and so one connection, for all jobs of this worker. */
const opened = new Map<string, Opened>();

/** @throws AppError where the computer is no more; ComputerError where its key cannot be read. */
export async function driverOf(computerId: string): Promise<ComputerDriver> {
  const row = await db().computer.findUnique({ where: { id: computerId } });
  if (!row)
    throw new AppError('blocked', 'the computer is gone', { userMessage: 'The computer of this job was removed.' });
  if (row.key !== null) return localDriver;
  const { test: _test, programs: _programs, ...parts } = row;
  const mark = JSON.stringify(parts, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  const known = opened.get(computerId);
  if (known?.mark === mark) return known.driver;
  const settings = computerSettingsSchema.parse(row.settings);
  const hostKeys = row.hostKeys as Record<string, string>;
  const shell = openShell({ id: row.id, settings, hostKeys, secret: row.secret });
  const driver = new RemoteDriver(shell, { name: row.name, settings });
  known?.close();
  opened.set(computerId, { mark, driver, close: () => shell.close() });
  return driver;
}
