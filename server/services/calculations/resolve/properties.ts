import type { Structure } from '@/kernels/crystal/schema';
import { boundariesOf } from '@/server/engines/boundaries';
import { AppError } from '@/server/errors';
import { defaultBandsSettings } from '@/server/properties/bands/defaults';
import { bandsSettingsSchema } from '@/server/properties/bands/schema';
import { dosSettingsSchema } from '@/server/properties/dos/schema';
import { chosenProperties, isPropertyId, type PropertyId } from '@/server/properties/ids';
import { propertyById } from '@/server/properties/registry';
import type { DraftData } from '@/server/schemas/draft';
import type { Notice, ResolvedProperty } from '@/server/schemas/resolved';
import { inThread } from '../../structures/thread/in-thread';
import { resolveElastic, resolveEos } from './deformations';
import { resolveRelax, resolveVolumes } from './geometry-and-fields';
import { resolveExfoliation } from './layers';
import { resolveDosMesh } from './meshes';

type Mesh = [number, number, number];

export interface Share {
  part: Partial<ResolvedProperty> & { summary: string };
  /** k-points that its job computes with the density as it is. */
  kpoints: number;
  /** Self-consistent cycles of its own, in so many jobs. */
  cycles?: { jobs: number; count: number };
  warnings: string[];
  blockers?: { code: string; message: string }[];
}

/** What a property adds to the derived numbers, given a sound structure and the mesh of the density. */
type Resolver = (
  settings: Record<string, unknown>,
  structure: Structure,
  draft: DraftData,
  scfMesh: Mesh,
) => Promise<Share>;

const resolvers = {
  relax: resolveRelax,
  bands: resolveBands,
  dos: resolveDos,
  volumes: resolveVolumes,
  eos: resolveEos,
  elastic: resolveElastic,
  exfoliation: resolveExfoliation,
} satisfies Record<PropertyId, Resolver>;

export interface ResolvedProperties {
  resolved: Record<string, ResolvedProperty>;
  kpoints: Record<string, number>;
  cycles: Record<string, { jobs: number; count: number }>;
  warnings: Notice[];
  blockers: Notice[];
}

/** Settings validated and filled up, and what each property derives from the structure. */
export async function resolveProperties(
  draft: DraftData,
  structure: Structure | null,
  scfMesh: Mesh | null,
): Promise<ResolvedProperties> {
  const result: ResolvedProperties = { resolved: {}, kpoints: {}, cycles: {}, warnings: [], blockers: [] };
  const block = (property: string | null, code: string, message: string) =>
    result.blockers.push({ code, message, step: 'properties', property });
  if (Object.keys(draft.properties).length === 0) block(null, 'no-properties', 'Choose at least one property.');
  for (const id of Object.keys(draft.properties))
    if (!isPropertyId(id))
      block(id, 'unknown-property', `There is no property named ${id.slice(0, 40)} on this platform.`);
  for (const id of chosenProperties(draft.properties)) {
    const property = propertyById(id);
    const defaults = property.defaults(draft);
    const parsed = property.settings.safeParse({ ...defaults, ...draft.properties[id] });
    if (!parsed.success) {
      const what = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
      block(id, 'bad-settings', `${property.title}: ${what}.`);
      continue;
    }
    const base = { settings: parsed.data, defaults, summary: property.title };
    result.resolved[id] = base;
    if (!structure || !scfMesh) continue;
    try {
      const share = await resolvers[id](parsed.data, structure, draft, scfMesh);
      result.resolved[id] = { ...base, ...share.part };
      if (id !== 'relax') result.kpoints[id] = share.kpoints;
      if (share.cycles) result.cycles[id] = share.cycles;
      for (const { code, message } of share.blockers ?? []) block(id, code, `${property.title}: ${message}`);
      const warnings = share.warnings.map(
        (message): Notice => ({ code: `${id}-note`, message, step: 'properties', property: id }),
      );
      result.warnings.push(...warnings);
    } catch (err) {
      if (!(err instanceof AppError)) throw err;
      block(id, String(err.details['code'] ?? err.code), `${property.title}: ${err.userMessage}`);
    }
  }
  return result;
}

async function resolveBands(settings: Record<string, unknown>, structure: Structure, draft: DraftData): Promise<Share> {
  const { stepPerAngstrom } = bandsSettingsSchema.parse({ ...defaultBandsSettings(draft.protocol), ...settings });
  const path = await inThread('findPath', { structure, stepPerAngstrom });
  const summary = `${path.points.length} points along ${path.labels}`;
  const warnings = [...(path.note ? [path.note] : []), ...flatBands(structure, path)];
  return { part: { path, summary }, kpoints: path.points.length, warnings };
}

/** Along what is not repeated nothing depends on the wave vector. */
function flatBands(structure: Structure, { points }: { points: { fractional: readonly number[] }[] }): string[] {
  const boundaries = boundariesOf(structure);
  if (boundaries === 'isolated')
    return ['A molecule alone has levels, not bands: they are the same at every point of the path.'];
  const leaves = points.some(({ fractional: [, , c] }) => Math.abs(c!) > 1e-6);
  return boundaries === 'slab' && leaves
    ? ['Parts of the path lead out of the plane of the layer, where its bands are flat.']
    : [];
}

async function resolveDos(
  settings: Record<string, unknown>,
  structure: Structure,
  draft: DraftData,
  scfMesh: Mesh,
): Promise<Share> {
  const mesh = resolveDosMesh(settings, structure, draft, scfMesh);
  const symmetry = draft.overrides.symmetry ?? true;
  const { irreducible } = await inThread('countMesh', { structure, mesh: mesh.value, shift: [0, 0, 0], symmetry });
  const method = dosSettingsSchema.parse(settings).method === 'tetrahedra' ? 'tetrahedra' : 'Gaussian';
  return {
    part: { mesh, summary: `${mesh.value.join(' × ')} mesh (${irreducible} k-points), ${method}` },
    kpoints: irreducible,
    warnings: [],
  };
}
