import { KernelError } from '../../core/errors';
import type { Structure } from '../schema';
import { parseStructure, structureInput } from '../structure';
import { elementOfLabel, type FileContent } from './text';

/** Reads our own JSON, and the JSON of pymatgen (Structure, Molecule) and of OPTIMADE (one entry). */
export function readJson(text: string): FileContent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (err) {
    throw new KernelError('bad-file', `This is not JSON: ${(err as Error).message.slice(0, 200)}.`);
  }
  if (!isObject(value)) throw new KernelError('bad-file', 'The JSON should be an object that describes a structure.');
  const optimade = optimadeAttributes(value);
  if (optimade) return { structure: fromOptimade(optimade), notes: ['Read as an OPTIMADE entry.'] };
  if (isObject(value.lattice) || value['@class'] === 'Molecule') {
    const structure = fromPymatgen(value);
    const hasMoments = structure.sites.some(({ momentBohrMagneton }) => momentBohrMagneton !== undefined);
    const rounding = hasMoments ? ['Magnetic moments were rounded to 0.1 Bohr magneton.'] : [];
    return { structure, notes: ['Read as a structure of pymatgen.', ...rounding] };
  }
  const ours = isObject(value.structure) ? value.structure : value;
  if (!Array.isArray(ours.sites)) {
    throw new KernelError(
      'bad-file',
      'This JSON holds no structure: the list "sites" is missing. Our own JSON, that of pymatgen and OPTIMADE entries are read.',
    );
  }
  return { structure: parseStructure(ours), notes: [] };
}

/** Our own JSON; it holds all that a structure has. */
export function writeJson(structure: Structure): string {
  return `${JSON.stringify(structureInput(structure), null, 2)}\n`;
}

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fromPymatgen(value: JsonObject): Structure {
  const lattice = isObject(value.lattice) ? value.lattice : null;
  const sites = requireList(value.sites, 'sites').map((site) => ({
    species: requireList(site.species, 'species of a site').map(({ element, occu }) => ({
      element: requireSymbol(element),
      concentration: occu,
    })),
    ...(lattice ? { fractional: site.abc } : { cartesianAngstrom: site.xyz }),
    ...(typeof site.label === 'string' ? { label: site.label.slice(0, 64) } : {}),
    ...momentField(isObject(site.properties) ? site.properties.magmom : undefined),
  }));
  return parseStructure({ cellAngstrom: lattice?.matrix ?? null, periodic: lattice?.pbc ?? undefined, sites });
}

function optimadeAttributes(value: JsonObject): JsonObject | null {
  const data = Array.isArray(value.data) ? value.data[0] : (value.data ?? value);
  const attributes = isObject(data) ? (data.attributes ?? data) : null;
  return isObject(attributes) && Array.isArray(attributes.cartesian_site_positions) ? attributes : null;
}

/** The structure that the attributes of an OPTIMADE entry describe. Throws KernelError `bad-file` and those of `parseStructure`. */
export function fromOptimade(attributes: Record<string, unknown>): Structure {
  const species = new Map(requireList(attributes.species, 'species').map((kind) => [kind.name, kind]));
  const positions = attributes.cartesian_site_positions as unknown[];
  const kinds = attributes.species_at_sites;
  if (!Array.isArray(kinds) || kinds.length !== positions.length) {
    throw new KernelError('bad-file', 'species_at_sites should name the species of every site.');
  }
  const periodic = attributes.dimension_types ?? [1, 1, 1];
  const isPeriodic = Array.isArray(periodic) ? periodic.map((d) => d === 1) : [true, true, true];
  const hasCell = isPeriodic.includes(true);
  return parseStructure({
    cellAngstrom: hasCell ? attributes.lattice_vectors : null,
    periodic: isPeriodic,
    sites: positions.map((cartesianAngstrom, i) => {
      const kind = species.get(kinds[i]);
      if (!kind) throw new KernelError('bad-file', `Site ${i + 1} is of a species that the file does not describe.`);
      const symbols = Array.isArray(kind.chemical_symbols) ? kind.chemical_symbols : [];
      const concentrations = Array.isArray(kind.concentration) ? kind.concentration : [];
      return {
        species: symbols
          .map((symbol, s) => ({ element: symbol, concentration: concentrations[s] }))
          .filter(({ element }) => element !== 'vacancy'),
        cartesianAngstrom,
      };
    }),
  });
}

function requireList(value: unknown, what: string): JsonObject[] {
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw new KernelError('bad-file', `A list of ${what} was expected in this JSON.`);
}

/** "Fe3+" and "Fe" alike; what is no element is left for parseStructure to name. */
function requireSymbol(value: unknown): unknown {
  return typeof value === 'string' ? (elementOfLabel(value) ?? value) : value;
}

/** Computed moments scatter about the same value on equivalent sites; as they stand they would break the symmetry. */
function momentField(value: unknown): JsonObject {
  const rounded = typeof value === 'number' && Number.isFinite(value) ? Math.round(10 * value) / 10 : 0;
  return rounded === 0 ? {} : { momentBohrMagneton: rounded };
}
