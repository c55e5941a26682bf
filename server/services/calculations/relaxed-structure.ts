import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { bandsSettingsSchema } from '@/server/properties/bands/schema';
import { relaxSettingsSchema } from '@/server/properties/relax/schema';
import type { Derived, Resolved } from '@/server/schemas/resolved';
import { inThread } from '../structures/thread/in-thread';
import { withRelaxedLayers } from './resolve/layers';
import { resolveDosMesh, resolveGrid, resolveMeshes } from './resolve/meshes';

/** The data node of the structure that a relaxation left, with its structure; null where there is none. */
export async function findRelaxed(
  relaxProcessId: string,
): Promise<{ dataNodeId: string; structureId: string; structure: Structure } | null> {
  const link = await db().link.findFirst({
    where: { processId: relaxProcessId, kind: { in: ['create', 'return'] }, name: 'structure' },
    include: { dataNode: { include: { structure: true } } },
  });
  const row = link?.dataNode?.structure;
  if (!link?.dataNodeId || !row) return null;
  return { dataNodeId: link.dataNodeId, structureId: row.id, structure: row.data as unknown as Structure };
}

/** What a draft says about the numbers that follow from the cell. */
type Choices = Parameters<typeof resolveMeshes>[0];

/**
 * What was derived from the structure as it was given, for the relaxed one: its path may be another, as it may have more symmetry,
 * and a cell that moved takes the meshes and the real-space grid that it would have if it had been given. The notes say which.
 */
export async function resolveRelaxed(
  resolved: Resolved,
  draft: Choices,
  structure: Structure,
): Promise<{ resolved: Resolved; notes: string[] }> {
  try {
    const withPath = await withPathOf(resolved, structure);
    const { resolved: moved, notes } = isCellKept(resolved)
      ? { resolved: withPath, notes: [] }
      : await withMeshesOf(withPath, draft, structure);
    return { resolved: { ...moved, properties: await withRelaxedLayers(draft, moved, structure) }, notes };
  } catch (err) {
    // A structure that cannot be analysed keeps what it had.
    if (err instanceof AppError && err.code === 'bad-structure') return { resolved, notes: [] };
    throw err;
  }
}

async function withPathOf(resolved: Resolved, structure: Structure): Promise<Resolved> {
  const { bands } = resolved.properties;
  if (!bands?.path) return resolved;
  const { stepPerAngstrom } = bandsSettingsSchema.partial().parse(bands.settings);
  const path = await inThread('findPath', { structure, stepPerAngstrom: stepPerAngstrom! });
  return { ...resolved, properties: { ...resolved.properties, bands: { ...bands, path } } };
}

const isCellKept = ({ properties }: Resolved) =>
  relaxSettingsSchema.partial().parse(properties['relax']?.settings ?? {}).cell === 'fixed';

async function withMeshesOf(resolved: Resolved, draft: Choices, structure: Structure) {
  const { mesh, count } = await resolveMeshes(draft, structure);
  const fftGrid =
    resolved.fftGrid &&
    (await resolveGrid(draft, {
      structure,
      cutoffHartree: resolved.cutoffHartree!.value,
      scale: resolved.gridScale.value,
      elements: resolved.elements,
    }));
  const { dos } = resolved.properties;
  const dosMesh = dos?.mesh && resolveDosMesh(dos.settings, structure, draft, mesh.value);
  const changed = [
    tellChange('k-points', resolved.mesh, mesh),
    tellChange('k-points for the density of states', dos?.mesh, dosMesh),
    tellChange('points of the real-space grid', resolved.fftGrid, fftGrid),
  ].flatMap((words) => words ?? []);
  return {
    resolved: {
      ...resolved,
      mesh,
      fftGrid,
      kpointCount: count ? { full: count.full, irreducible: count.irreducible } : resolved.kpointCount,
      properties: { ...resolved.properties, ...(dos && dosMesh ? { dos: { ...dos, mesh: dosMesh } } : {}) },
    },
    notes: changed.length > 0 ? [`The relaxed cell takes ${changed.join(', ')}.`] : [],
  };
}

type Numbers = Derived<[number, number, number]> | null | undefined;

/** "7 × 7 × 7 k-points (the given one 8 × 8 × 8)"; null where nothing changed. */
function tellChange(what: string, before: Numbers, after: Numbers): string | null {
  const [given, own] = [before, after].map((numbers) => numbers?.value.join(' × '));
  return given && own && given !== own ? `${own} ${what} (the given one ${given})` : null;
}
