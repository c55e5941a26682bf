import { stat } from 'node:fs/promises';
import type { BackendId } from '@/kernels/planewave/backends/backend';
import type { RemoteCode } from '@/server/computers/job-spec';
import { db } from '@/server/db/client';
import { findEspresso } from '@/server/engines/espresso/find';
import { AppError } from '@/server/errors';
import { logger } from '@/server/log';
import type { EngineName } from '@/server/schemas/settings';
import { findCode } from '@/server/services/codes/find-code';
import { type Program, workerState } from './worker-state';

/** The program of an engine on this computer. @throws AppError where it is not installed. */
export function programOf(engine: EngineName): Program {
  const { kernel, espresso } = workerState();
  const program = engine === 'planewave' ? kernel : espresso;
  if (program) return program;
  throw new AppError('blocked', 'Quantum ESPRESSO is not installed', { userMessage: NOT_INSTALLED });
}

/** The program of an engine on any computer: the kernel travels there, others must be known there to the project. @throws AppError where it was not. */
export async function programOn(
  { projectId, computerId }: { projectId: string; computerId: string },
  engine: EngineName,
): Promise<Program & { code?: RemoteCode }> {
  if (computerId === workerState().computerId || engine === 'planewave') return programOf(engine);
  const found = await findCode({ projectId }, computerId, engine);
  if (!found)
    throw new AppError('blocked', `${engine} is not on computer ${computerId}`, {
      userMessage:
        'No code of Quantum ESPRESSO is known on the computer of this job: look for codes on the page Computers.',
    });
  const { version, build, path, modules, prependText } = found;
  const { id: codeId } = await db().code.upsert({
    where: { program_build: { program: engine, build } },
    update: {},
    create: { program: engine, version, build },
  });
  return { codeId, build, version, coresMax: null, code: { path, modules, prependText } };
}

/** The back end that the kernel took in the test of a computer; its own wasm runs anywhere. */
export async function backendOn(computerId: string): Promise<BackendId> {
  if (computerId === workerState().computerId) return workerState().backend;
  const { programs } = await db().computer.findUniqueOrThrow({ where: { id: computerId }, select: { programs: true } });
  return (programs as { planewave?: { backend?: BackendId } }).planewave?.backend ?? 'wasm';
}

const NOT_INSTALLED = 'Quantum ESPRESSO is not installed on this computer: apt-get install quantum-espresso.';

/** The file that was looked at last, and whether the computer's row has been told of it by this worker. */
let seen: string | null = null;
let hasTold = false;

/**
 * Looks for Quantum ESPRESSO and registers what it finds, for the pages as well: the row of this computer says which version it has.
 * Cheap where nothing has changed since the last look; null where it is not installed.
 */
export async function registerEspresso(computerId: string, known: Program | null): Promise<Program | null> {
  let isThere = false;
  const found = await findEspresso(async (path) => {
    isThere = true;
    const { mtimeMs, size } = await stat(path);
    const mark = `${path} ${mtimeMs} ${size}`;
    const isNew = mark !== seen;
    seen = mark;
    return isNew;
  });
  if (found === 'unchanged') return known;
  // Installed again it may be the same file, of the same date.
  if (!isThere) seen = null;
  if (!found && !known && hasTold) return null;
  hasTold = true;
  const programs = found ? { espresso: { version: found.version } } : {};
  await db().computer.update({ where: { id: computerId }, data: { programs } });
  if (!found) return null;
  const { version, build, isParallel } = found;
  const { id } = await db().code.upsert({
    where: { program_build: { program: 'espresso', build } },
    update: {},
    create: { program: 'espresso', version, build },
  });
  logger.info({ version, path: found.path }, 'Quantum ESPRESSO found');
  return { codeId: id, build, version, coresMax: isParallel ? null : 1 };
}
