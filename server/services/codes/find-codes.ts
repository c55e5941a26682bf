import { createHash } from 'node:crypto';
import { ComputerError } from '@/server/computers/computer-error';
import { openShell } from '@/server/computers/open-shell';
import { findCodes as look } from '@/server/computers/remote/find-codes';
import { commandLine } from '@/server/computers/shell/quote';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { type CodeSummary, type ComputerSettings, computerSettingsSchema } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { getComputer } from '../computers/get-computer';
import { requireOwnComputer } from '../computers/require-computer';

/** Looks for known executables on a computer and keeps what is found, with version and path. What is gone is forgotten. */
export async function findCodes(actor: Actor, { computerId }: { computerId: string }): Promise<CodeSummary[]> {
  const row = await requireOwnComputer(actor, computerId);
  const settings = computerSettingsSchema.parse(row.settings);
  const hostKeys = row.hostKeys as Record<string, string>;
  const found = await asking(async () => {
    const shell = openShell({ id: row.id, settings, hostKeys, secret: row.secret });
    return look(shell, setupOf(settings)).finally(() => shell.close());
  });
  await db().$transaction(async (tx) => {
    const paths = found.map(({ path }) => path);
    await tx.computerCode.deleteMany({ where: { computerId, isByHand: false, path: { notIn: paths } } });
    for (const { program, path, version, build } of found)
      await tx.computerCode.upsert({
        where: { computerId_program_path: { computerId, program, path } },
        update: { version, build, foundAt: new Date() },
        create: { computerId, program, path, version, build },
      });
  });
  return (await getComputer(actor, { id: computerId })).codes;
}

/** The shell of jobs: modules and what the person puts before them. */
const setupOf = ({ modules, prependText }: ComputerSettings) =>
  [
    ...(modules.length > 0 ? ['command -v module > /dev/null || . /etc/profile'] : []),
    ...modules.map((name) => commandLine(['module', 'load', name])),
    prependText,
  ].join('\n');

async function asking<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (err) {
    if (!(err instanceof ComputerError)) throw err;
    throw new AppError('unavailable', err.message, { userMessage: `${err.message} ${err.advice}`, cause: err });
  }
}

/** Of a code that was entered by hand the file is not read: what was said of it stands for its build. */
export const buildByHand = (path: string, version: string, modules: string[]) =>
  createHash('sha256')
    .update(JSON.stringify(modules.length > 0 ? [path, version, modules] : [path, version]))
    .digest('hex');
