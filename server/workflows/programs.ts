import type { BackendId } from '@/kernels/planewave/backends/backend';
import type { RemoteCode } from '@/server/computers/job-spec';
import { asJson, db } from '@/server/db/client';
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

/** What the row of this computer says of it. */
interface KnownEspresso {
  version: string;
  /** Of the file that told it; a worker that starts believes it while the file is the same. */
  mark?: string;
  program?: Program;
}

/** The mark of the file that was looked at last, and whether the computer's row has been told of it by this worker. */
let seen: string | null = null;
let hasTold = false;

/**
 * Looks for Quantum ESPRESSO and registers what it finds, for the pages as well: the row of this computer says which version it has.
 * Cheap where nothing has changed since the last look, of this worker or one before; null where it is not installed.
 */
export async function registerEspresso(computerId: string, known: Program | null): Promise<Program | null> {
  const before = hasTold ? null : await rememberedEspresso(computerId);
  if (before) seen = before.mark;
  let mark: string | null = null;
  const found = await findEspresso((its) => {
    mark = its;
    return its !== seen;
  });
  // Installed again it may be the same file, of the same date.
  seen = mark;
  if (found === 'unchanged') {
    hasTold = true;
    return known ?? before?.program ?? null;
  }
  if (!found && !known && hasTold) return null;
  hasTold = true;
  if (!found) {
    await tell(computerId, null);
    return null;
  }
  const { version, build, isParallel, path } = found;
  const { id } = await db().code.upsert({
    where: { program_build: { program: 'espresso', build } },
    update: {},
    create: { program: 'espresso', version, build },
  });
  const program: Program = { codeId: id, build, version, coresMax: isParallel ? null : 1 };
  await tell(computerId, { version, mark: mark!, program });
  logger.info({ version, path }, 'Quantum ESPRESSO found');
  return program;
}

async function rememberedEspresso(computerId: string): Promise<{ mark: string; program: Program } | null> {
  const { programs } = await db().computer.findUniqueOrThrow({ where: { id: computerId }, select: { programs: true } });
  const { mark, program } = (programs as { espresso?: KnownEspresso }).espresso ?? {};
  return mark && program ? { mark, program } : null;
}

const tell = (id: string, espresso: KnownEspresso | null) =>
  db().computer.update({ where: { id }, data: { programs: asJson(espresso ? { espresso } : {}) } });
