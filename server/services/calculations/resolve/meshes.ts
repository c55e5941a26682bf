import { reciprocalCell } from '@/kernels/crystal/cell';
import { meshForDistance } from '@/kernels/crystal/kpoints';
import type { Structure } from '@/kernels/crystal/schema';
import { AppError } from '@/server/errors';
import { dosSettingsSchema } from '@/server/properties/dos/schema';
import type { DraftData } from '@/server/schemas/draft';
import type { Derived, Notice, Resolved } from '@/server/schemas/resolved';
import { inThread } from '../../structures/thread/in-thread';
import { derive } from './derive';
import { protocolNumbers } from './protocol-numbers';

type Choices = Pick<DraftData, 'overrides' | 'protocol' | 'electronicType'>;
type Mesh = [number, number, number];

/** The mesh of the density, with the count of its points under the symmetry of the structure. */
export async function resolveMeshes(draft: Choices, structure: Structure) {
  const { overrides, protocol, electronicType } = draft;
  const isInsulator = electronicType === 'insulator';
  const distance = protocolNumbers[protocol].kDistancePerAngstrom * (isInsulator ? 2 : 1);
  const source = `${distance} 1/Å, from ${protocol}${isInsulator ? ', twice for insulators' : ''}`;
  const automatic = meshForDistance(reciprocalCell(structure.cellAngstrom!), distance, structure.periodic);
  const mesh = derive(automatic, source, overrides.mesh);
  const shift = derive<[number, number, number]>([0, 0, 0], 'Γ-centred', overrides.shift);
  const symmetry = overrides.symmetry ?? true;
  try {
    const count = await inThread('countMesh', { structure, mesh: mesh.value, shift: shift.value, symmetry });
    const warnings = count.note ? [noticeOf('mesh-lowers-symmetry', count.note)] : [];
    return { mesh, shift, count, warnings, blockers: [] };
  } catch (err) {
    if (!(err instanceof AppError) || err.code !== 'bad-structure') throw err;
    const blockers = [noticeOf(String(err.details['code']), err.userMessage)];
    return { mesh, shift, count: null, warnings: [], blockers };
  }
}

const noticeOf = (code: string, message: string): Notice => ({ code, message, step: 'properties', property: null });

interface GridInput {
  structure: Structure;
  cutoffHartree: number;
  scale: number;
  elements: Resolved['elements'];
}

/** The grid that the embedded engine chooses; ultrasoft and PAW files need another, which pw.x finds by itself. */
export async function resolveGrid(
  { overrides }: Choices,
  { structure, cutoffHartree, scale, elements }: GridInput,
): Promise<Resolved['fftGrid']> {
  if (elements.some(({ file }) => file))
    return overrides.fftGrid ? derive(overrides.fftGrid, 'set by hand', overrides.fftGrid) : null;
  const grid = await inThread('chooseFftGrid', { structure, cutoffHartree, scale });
  return derive(grid, 'the smallest that follows the crystal', overrides.fftGrid);
}

/** Of the density of states: never coarser than the mesh of the density, for that would throw away what is known. */
export function resolveDosMesh(
  settings: Record<string, unknown>,
  structure: Structure,
  draft: Choices,
  scfMesh: Mesh,
): Derived<Mesh> {
  const { distancePerAngstrom, mesh: chosen } = dosSettingsSchema.parse(settings);
  const reciprocal = reciprocalCell(structure.cellAngstrom!);
  const fromDistance = meshForDistance(reciprocal, distancePerAngstrom, structure.periodic);
  const automatic = fromDistance.map((n, i) => Math.max(n, scfMesh[i]!)) as Mesh;
  const isScf = automatic.some((n, i) => n !== fromDistance[i]);
  const source = isScf ? 'at least the mesh of the density' : `${distancePerAngstrom} 1/Å, from ${draft.protocol}`;
  return derive(automatic, source, chosen ?? undefined);
}
