import type { Structure } from '@/kernels/crystal/schema';
import { boundariesOf } from '@/server/engines/boundaries';
import { elasticSettingsSchema } from '@/server/properties/elastic/schema';
import { eosSettingsSchema } from '@/server/properties/eos/schema';
import { relaxSettingsSchema } from '@/server/properties/relax/schema';
import type { DraftData } from '@/server/schemas/draft';
import { inThread } from '../../structures/thread/in-thread';
import type { Share } from './properties';

/** Geometries that the atoms take to come to rest after a small change of the volume, by experience. */
const REST_GEOMETRIES = 4;

export async function resolveEos(settings: Record<string, unknown>, structure: Structure): Promise<Share> {
  const { count, range, relaxAtoms } = eosSettingsSchema.parse(settings);
  const percent = Number((100 * range).toFixed(2));
  const moves = relaxAtoms && structure.sites.length > 1;
  return {
    part: { summary: `${count} volumes within ±${percent} %${relaxAtoms ? ', atoms at rest' : ''}` },
    kpoints: 0,
    cycles: { jobs: count, count: count * (moves ? REST_GEOMETRIES : 1) },
    warnings: [],
    blockers: withoutVolume(structure),
  };
}

/** A strained cell has less symmetry, and so more k-points. */
const LOST_SYMMETRY = 2.5;

export async function resolveElastic(
  settings: Record<string, unknown>,
  structure: Structure,
  draft: DraftData,
): Promise<Share> {
  const { amplitude, relaxAtoms } = elasticSettingsSchema.parse(settings);
  const blockers = withoutVolume(structure);
  const strains = blockers.length === 0 ? await inThread('chooseStrains', structure) : { indices: [], rotations: [] };
  const ways = strains.indices.length;
  const jobs = 2 * ways;
  const geometries = relaxAtoms && structure.sites.length > 1 ? REST_GEOMETRIES : 1;
  const percent = Number((100 * amplitude).toFixed(4));
  return {
    part: {
      strains,
      summary: `${jobs} strains of ${percent} %, along ${ways} of six ways${relaxAtoms ? ', atoms at rest' : ''}`,
    },
    kpoints: 0,
    cycles: { jobs, count: Math.ceil(jobs * geometries * LOST_SYMMETRY) },
    warnings: isCellRelaxed(draft)
      ? []
      : [
          'Elastic constants are those of a crystal without stress. If its cell was not relaxed with the same settings before, choose Relaxed geometry with atoms and cell as well.',
        ],
    blockers,
  };
}

const isCellRelaxed = ({ properties }: DraftData) =>
  relaxSettingsSchema.partial().safeParse(properties['relax']).data?.cell === 'full';

/** What a molecule and a layer lack. */
function withoutVolume(structure: Structure): { code: string; message: string }[] {
  const what = { isolated: 'a molecule has', slab: 'a layer has', periodic: null }[boundariesOf(structure)];
  return what ? [{ code: 'no-volume', message: `${what} no volume of its own. Leave it out.` }] : [];
}
