import { bondedParts } from './bonded-parts';
import { layInPlane, shortestPair } from './in-plane';
import { add, rowTimesMatrix } from './linear';
import { matchStructures } from './match-structures';
import type { Site, Structure, Vector3 } from './schema';
import { cartesianPositions } from './structure';

/** Free space above a layer, angstrom. */
const VACUUM_ANGSTROM = 20;
/** Layers of more atoms are not compared with each other. */
const COMPARED_SITES_MAX = 100;

/** A single layer of a crystal. */
export interface Layer {
  /** In the cell of its own two shortest lattice vectors. */
  structure: Structure;
  /** Those of the crystal that its sites are, in their order. */
  sites: number[];
  /** How many of the crystal's cell are the same. */
  copies: number;
}

/**
 * The single layers of a layered crystal, each kind once: the bonded parts that go on in two directions, every one in the cell of its own two
 * shortest lattice vectors (the first along x, both in the xy plane), its middle at half of a height that leaves 20 angstrom of vacuum.
 * Periodic in the plane only. Empty where the crystal does not come apart into layers.
 */
export function exfoliate(structure: Structure): Structure[] {
  return kindsOfLayers(structure).map((layer) => layer.structure);
}

/** The single layers of a layered crystal, each kind once with the number of its copies. Empty where it does not come apart into layers. */
export function kindsOfLayers(structure: Structure): Layer[] {
  const kinds: Layer[] = [];
  for (const layer of layersOf(structure)) {
    const same = kinds.find((kind) => isSame(kind.structure, layer.structure));
    if (same) same.copies++;
    else kinds.push(layer);
  }
  return kinds;
}

/** Every single layer of a layered crystal. */
export function layersOf(structure: Structure): Layer[] {
  const { cellAngstrom, periodic, sites } = structure;
  if (!cellAngstrom || periodic.includes(false)) return [];
  const parts = bondedParts(structure);
  if (parts.some(({ vectors }) => vectors.length > 2)) return [];
  const positions = cartesianPositions(structure);
  return parts
    .filter(({ vectors }) => vectors.length === 2)
    .map(({ members, vectors }) => {
      const atoms = members.map(({ site, image }) => ({
        site: withoutLabel(sites[site]!),
        place: add(positions[site]!, rowTimesMatrix(image, cellAngstrom)),
      }));
      const [u, v] = vectors.map((vector) => rowTimesMatrix(vector, cellAngstrom)) as [Vector3, Vector3];
      return {
        structure: layInPlane(atoms, shortestPair(u, v), VACUUM_ANGSTROM),
        sites: members.map(({ site }) => site),
        copies: 1,
      };
    });
}

/** Another cell has other sites than those that the labels named. */
function withoutLabel({ label: _, ...site }: Site): Site {
  return site;
}

function isSame(a: Structure, b: Structure): boolean {
  if (a.sites.length !== b.sites.length || a.sites.length > COMPARED_SITES_MAX) return false;
  const repeated = [a, b].map((layer): Structure => ({ ...layer, periodic: [true, true, true] }));
  const match = matchStructures(repeated[0]!, repeated[1]!);
  return match !== null && match.rms < 0.05;
}
