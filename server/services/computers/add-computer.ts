import type { z } from 'zod';
import { sealSecret } from '@/server/computers/secret';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError } from '@/server/errors';
import type { addComputerSchema, ComputerDetail } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { getComputer } from './get-computer';
import { requireOwner } from './require-computer';

/** A computer of the project. It takes no jobs before it was tested and enabled. */
export async function addComputer(actor: Actor, input: z.output<typeof addComputerSchema>): Promise<ComputerDetail> {
  const { projectId } = await requireOwner(actor);
  const { name, description, settings, cores, memoryBytes, jobsMax, privateKey, passphrase } = input;
  const { transport, scheduler } = settings;
  if (transport.kind === 'local' && scheduler.kind === 'direct')
    throw bad('This machine without a scheduler is there already: choose Slurm, or a computer over SSH.');
  const isStored = transport.kind === 'ssh' && transport.key.kind === 'stored';
  if (isStored && !privateKey) throw bad('Give the private key that shall be stored, or say where its file lies.');
  if (await db().computer.findFirst({ where: { name, OR: [{ projectId }, { projectId: null }] } }))
    throw new AppError('conflict', `a computer ${name} exists`, {
      userMessage: `There is a computer named ${name} already.`,
    });
  const id = newId();
  const secret = {
    ...(isStored ? { privateKey: withLineEnd(privateKey!) } : {}),
    ...(passphrase ? { passphrase } : {}),
  };
  await db().computer.create({
    data: {
      ...{ id, projectId, name, description, cores, jobsMax },
      memoryBytes: BigInt(memoryBytes),
      transport: transport.kind,
      scheduler: scheduler.kind,
      isEnabled: false,
      settings: asJson(settings),
      secret: Object.keys(secret).length > 0 ? sealSecret(id, secret) : null,
    },
  });
  return getComputer(actor, { id });
}

const bad = (userMessage: string) => new AppError('bad-input', userMessage);

/** OpenSSH's format wants it, and pasting loses it. */
const withLineEnd = (key: string) => `${key.replaceAll('\r\n', '\n').trim()}\n`;
