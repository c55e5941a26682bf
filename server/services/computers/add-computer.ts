import type { z } from 'zod';
import { sealSecret } from '@/server/computers/secret';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import type { addComputerSchema, ComputerDetail } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { checkComputer, makeSecret } from './check-computer';
import { getComputer } from './get-computer';
import { requireOwner } from './require-computer';

/** A computer of the project. It takes no jobs before it was tested and enabled. */
export async function addComputer(actor: Actor, input: z.output<typeof addComputerSchema>): Promise<ComputerDetail> {
  const { projectId } = await requireOwner(actor);
  const { name, description, settings, cores, memoryBytes, jobsMax, privateKey, passphrase } = input;
  const { transport, scheduler } = settings;
  const id = newId();
  await checkComputer({ id, projectId, name, settings });
  const secret = makeSecret({ settings, privateKey, passphrase }, {});
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
