import { propertyNameSchema } from '@/server/schemas/datasets';

/** What a column of a table is for; `property` is a value of the materials. */
export type Role = 'file' | 'id' | 'formula' | 'sites' | 'spacegroup' | 'dimensions' | 'derived' | 'property';

export interface TableColumn {
  role: Role;
  /** Of a property, with its prefix. */
  name: string;
  title: string;
  unit: string | null;
  description: string;
}

/** What a source says of a column beside its rows. */
export interface Said {
  title?: string;
  unit?: string;
  description?: string;
}

/** By the words of the heading; the first column of a role has it. MC3D's and MC2D's indexes are among those that these know. */
const roles: Record<Exclude<Role, 'property' | 'derived'>, string[]> = {
  file: ['file', 'file_name', 'filename', 'cif', 'cif_file', 'structure_file', 'path'],
  id: ['id', 'mc3d_id', 'mc2d_id', 'material_id', 'entry_id', 'key', 'identifier'],
  formula: ['formula', 'chemical_formula', 'formula_hill', 'chemical_formula_reduced', 'composition'],
  sites: ['num_atoms', 'n_atoms', 'natoms', 'nsites', 'num_sites', 'number_of_atoms', 'atoms'],
  spacegroup: [
    'spacegroup_number',
    'space_group_number',
    'sg_number',
    'space_group_it_number',
    'spacegroup',
    'space_group',
  ],
  dimensions: ['nperiodic_dimensions', 'dimensionality', 'periodic_dimensions'],
};
/** What follows from the atoms is worked out here. */
const derived = new Set(['num_elements', 'n_elements', 'nelements', 'elements', 'formula_hill', 'formula_reduced']);

/** What each column of a table is, of its headings ("Band gap (eV)", "energy [eV/atom]") and what is said of them elsewhere. */
export function readColumns(
  headings: readonly string[],
  prefix: string,
  said: ReadonlyMap<string, Said>,
): TableColumn[] {
  const taken = new Set<string>();
  const roleOf = rolesOf(headings.map((heading) => wordsOf(splitUnit(heading).text)));
  return headings.map((heading, i) => {
    const { text, unit } = splitUnit(heading);
    const more = said.get(heading) ?? said.get(text) ?? {};
    const own = propertyNameSchema.safeParse(text).success;
    const name = free(own ? text : `_${prefix}_${wordsOf(text) || `column_${i + 1}`}`.slice(0, 110), taken);
    const plain = own ? text.replace(/^_[a-z0-9]+_/i, '') : text;
    return {
      ...{ role: roleOf[i]!, name },
      title: more.title ? (more.unit ? more.title : splitUnit(more.title).text) : asTitle(plain),
      unit: more.unit?.trim() || unit || (more.title ? splitUnit(more.title).unit : null),
      description: more.description ?? '',
    };
  });
}

function rolesOf(words: readonly string[]): Role[] {
  const found: Role[] = words.map((word) => (derived.has(word) ? 'derived' : 'property'));
  for (const [role, names] of Object.entries(roles)) {
    const name = names.find((one) => words.includes(one));
    if (name !== undefined) found[words.indexOf(name)] = role as Role;
  }
  return found;
}

/** The unit is what stands in brackets at the end. */
export function splitUnit(heading: string): { text: string; unit: string | null } {
  const [, text, round, square] = /^(.*\S)\s*(?:\(([^()]{1,40})\)|\[([^[\]]{1,40})\])$/.exec(heading.trim()) ?? [];
  if (text === undefined) return { text: heading.trim(), unit: null };
  return { text, unit: (round ?? square)!.trim() };
}

const wordsOf = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

const asTitle = (text: string) => {
  const plain = text.replaceAll('_', ' ').trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};

function free(name: string, taken: Set<string>): string {
  let unique = name;
  for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`;
  taken.add(unique);
  return unique;
}

/** Of a dataset's name in addresses: "mc3d" of "mc3d", "myoxides" of "my-oxides". */
export const prefixOfSlug = (slug: string): string => slug.replace(/[^a-z0-9]/g, '').slice(0, 24);
