import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { Prisma } from '@/generated/prisma/client';
import { openSecret, type Secret, sealSecret } from '@/server/computers/secret';
import { hopName } from '@/server/computers/ssh/connect';
import { asJson, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import {
  type ComputerDetail,
  type ComputerSettings,
  computerSettingsSchema,
  type updateComputerSchema,
} from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { checkComputer, makeSecret } from './check-computer';
import { getComputer } from './get-computer';
import { requireOwnComputer } from './require-computer';

/**
 * Changes a computer. Whatever its test looked at is tested anew before it takes jobs again, and a host whose address changed is known by no
 * key: the next test shows it, and a person accepts it. Where runs lie cannot change while some are there.
 */
export async function updateComputer(
  actor: Actor,
  input: z.output<typeof updateComputerSchema>,
): Promise<ComputerDetail> {
  const { id, name, description, settings, cores, memoryBytes, jobsMax, privateKey, passphrase } = input;
  const row = await requireOwnComputer(actor, id);
  await checkComputer({ id, projectId: actor.projectId, name, settings });
  const before = computerSettingsSchema.parse(row.settings);
  if (!isDeepStrictEqual(placeOf(before), placeOf(settings))) await requireNoRuns(id);
  const secret = makeSecret({ settings, privateKey, passphrase }, secretOf(id, row.secret));
  const isAsTested =
    isDeepStrictEqual(testedOf(before), testedOf(settings)) && privateKey === null && passphrase === null;
  const known = hopsOf(before).filter((hop) => hopsOf(settings).includes(hop));
  const hostKeys = Object.entries(row.hostKeys as Record<string, string>).filter(([host]) => known.includes(host));
  await db().computer.update({
    where: { id },
    data: {
      ...{ name, description, cores, jobsMax },
      memoryBytes: BigInt(memoryBytes),
      transport: settings.transport.kind,
      scheduler: settings.scheduler.kind,
      settings: asJson(settings),
      hostKeys: asJson(Object.fromEntries(hostKeys)),
      secret: Object.keys(secret).length > 0 ? sealSecret(id, secret) : null,
      ...(isAsTested ? {} : { test: Prisma.DbNull, isEnabled: false }),
    },
  });
  return getComputer(actor, { id });
}

/** A key that cannot be decrypted any more is as good as none: the person gives another. */
function secretOf(id: string, sealed: Uint8Array | null): Secret {
  try {
    return sealed ? openSecret(id, sealed) : {};
  } catch {
    return {};
  }
}

async function requireNoRuns(computerId: string): Promise<void> {
  const count = await db().process.count({
    where: { computerId, kind: 'job', attempt: { gt: 0 }, state: { in: ['queued', 'running', 'paused'] } },
  });
  if (count === 0) return;
  const jobs = count === 1 ? 'A job runs or waits' : `${count} jobs run or wait`;
  throw new AppError('conflict', `${count} jobs are on computer ${computerId}`, {
    userMessage: `${jobs} there: address, scheduler and work folder can be changed when it has ended.`,
  });
}

/** Where its runs are found again. */
function placeOf({ transport, scheduler, workFolder }: ComputerSettings) {
  const where = transport.kind === 'ssh' ? { host: transport.host, port: transport.port, user: transport.user } : {};
  return { ...where, transport: transport.kind, scheduler: scheduler.kind, workFolder };
}

/** How often it is looked at says nothing about whether it works. */
const testedOf = ({ pollSeconds: _, pollMaxSeconds: _max, patienceSeconds: _patience, ...rest }: ComputerSettings) =>
  rest;

const hopsOf = ({ transport }: ComputerSettings) =>
  transport.kind === 'ssh' ? [transport.jump, transport].flatMap((hop) => (hop ? [hopName(hop)] : [])) : [];
