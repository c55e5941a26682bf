import { cellVolume, reciprocalCell } from '@/kernels/crystal/cell';
import { layersOf } from '@/kernels/crystal/exfoliate';
import { norm } from '@/kernels/crystal/linear';
import type { Structure } from '@/kernels/crystal/schema';
import { exfoliationSettingsSchema } from '@/server/properties/exfoliation/schema';
import type { DraftData } from '@/server/schemas/draft';
import type { Resolved, ResolvedLayer } from '@/server/schemas/resolved';
import { inThread } from '../../structures/thread/in-thread';
import { resolveGrid } from './meshes';
import type { Share } from './properties';

type Mesh = [number, number, number];

/** Geometries that a layer takes to come to rest alone, by experience. */
const REST_GEOMETRIES = 3;

/** The single layers that the crystal comes apart into. Their real-space grids are chosen with the cutoff (`withLayerGrids`). */
export async function resolveExfoliation(
  settings: Record<string, unknown>,
  structure: Structure,
  draft: DraftData,
  scfMesh: Mesh,
): Promise<Share> {
  const { relaxLayers } = exfoliationSettingsSchema.parse(settings);
  const kinds = await inThread('findLayerKinds', structure);
  const layers = kinds.map(
    (layer): ResolvedLayer => ({ ...layer, mesh: layerMesh(layer.structure, structure, scfMesh), fftGrid: null }),
  );
  const count = layers.reduce((sum, { copies }) => sum + copies, 0);
  const crystal = cellVolume(structure.cellAngstrom!) * scfMesh[0] * scfMesh[1] * scfMesh[2];
  const share = layers.reduce(
    (sum, { structure: { cellAngstrom }, mesh }) => sum + (cellVolume(cellAngstrom!) * mesh[0] * mesh[1]) / crystal,
    0,
  );
  const kindsText = layers.length === 1 ? '' : ` of ${layers.length} kinds`;
  return {
    part: {
      layers,
      summary:
        layers.length === 0 ? 'no layers' : `${count} ${count === 1 ? 'layer' : 'layers'}${kindsText} in the cell`,
    },
    kpoints: 0,
    cycles: { jobs: layers.length, count: Math.ceil(share * (relaxLayers ? REST_GEOMETRIES : 1)) },
    warnings: warningsOf(draft),
    blockers: blockersOf(draft, layers),
  };
}

function blockersOf(draft: DraftData, layers: ResolvedLayer[]): { code: string; message: string }[] {
  const blockers: { code: string; message: string }[] = [];
  if (layers.length === 0)
    blockers.push({
      code: 'no-layers',
      message:
        'the crystal does not consist of layers: its bonds go on in three directions, or in one, or in none. Leave it out.',
    });
  if (draft.charge !== 0)
    blockers.push({
      code: 'charged-layers',
      message: 'how a charge is shared among the layers is not known. Leave it out.',
    });
  if (draft.magnetism.kind === 'collinear' && draft.magnetism.totalMagnetisation !== null)
    blockers.push({
      code: 'fixed-moment',
      message: 'a fixed moment of the cell says nothing of that of a layer. Leave the moment free.',
    });
  return blockers;
}

function warningsOf({ dispersion, properties }: DraftData): string[] {
  const warnings: string[] = [];
  if (dispersion === 'none')
    warnings.push('Without dispersion the functional hardly binds layers, and the energy says little. Choose one.');
  else if (dispersion !== 'rvv10' && dispersion !== 'vdw-df2-c09')
    warnings.push(
      'The limits of easy exfoliation were set for rVV10 and vdW-DF2-C09. With another dispersion no verdict is given.',
    );
  if (!('relax' in properties))
    warnings.push(
      'The distance of the layers decides. If the cell was not relaxed with the same dispersion before, choose Relaxed geometry with atoms and cell as well.',
    );
  return warnings;
}

/** Lengths of reciprocal vectors that count as equal, as a share. */
const SAME_LENGTH = 0.01;

/** As dense as that of the crystal, so that what a mesh lacks is the same on both sides: along an axis that both share, the same number. */
function layerMesh(layer: Structure, crystal: Structure, mesh: Mesh): Mesh {
  const lengths = reciprocalCell(crystal.cellAngstrom!).map(norm);
  const finest = Math.min(...lengths.map((length, i) => length / mesh[i]!));
  const [first, second] = reciprocalCell(layer.cellAngstrom!).map((vector) => {
    const length = norm(vector);
    const same = lengths.findIndex((other) => Math.abs(other / length - 1) < SAME_LENGTH);
    return same >= 0 ? mesh[same]! : Math.ceil(length / finest);
  });
  return [first!, second!, 1];
}

type Numbers = Pick<Resolved, 'cutoffHartree' | 'gridScale' | 'elements' | 'properties'>;

/** The properties with a real-space grid for each single layer, as fine as that of the crystal. */
export async function withLayerGrids(
  draft: Parameters<typeof resolveGrid>[0],
  { cutoffHartree, gridScale, elements, properties }: Numbers,
): Promise<Resolved['properties']> {
  const { exfoliation } = properties;
  if (!exfoliation?.layers || !cutoffHartree) return properties;
  const { fftGrid: _, ...overrides } = draft.overrides;
  const layers: ResolvedLayer[] = [];
  for (const layer of exfoliation.layers) {
    const { structure } = layer;
    const numbers = { structure, elements, cutoffHartree: cutoffHartree.value, scale: gridScale.value };
    const grid = await resolveGrid({ ...draft, overrides }, numbers);
    layers.push({ ...layer, fftGrid: grid?.value ?? null });
  }
  return { ...properties, exfoliation: { ...exfoliation, layers } };
}

/** The same layers in the relaxed crystal, in their new cells; as they were where they are no longer there. */
export async function withRelaxedLayers(
  draft: Parameters<typeof resolveGrid>[0],
  numbers: Numbers & Pick<Resolved, 'mesh'>,
  relaxed: Structure,
): Promise<Resolved['properties']> {
  const { exfoliation } = numbers.properties;
  const { mesh } = numbers;
  if (!exfoliation?.layers || !mesh) return numbers.properties;
  const found = layersOf(relaxed);
  const layers = exfoliation.layers.map((layer) => {
    const same = found.find(({ sites }) => sites.toSorted().join() === layer.sites.toSorted().join());
    return same
      ? { ...layer, structure: same.structure, sites: same.sites, mesh: layerMesh(same.structure, relaxed, mesh.value) }
      : layer;
  });
  return withLayerGrids(draft, {
    ...numbers,
    properties: { ...numbers.properties, exfoliation: { ...exfoliation, layers } },
  });
}
