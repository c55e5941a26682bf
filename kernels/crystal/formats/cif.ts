import { KernelError } from '../../core/errors';
import { cellFromParameters, cellParameters, cellVolume } from '../cell';
import { formula } from '../formula';
import { applyOperation, latticeDistance, type SymmetryOperation, wrapFractional } from '../operations';
import type { Matrix3, Site, Structure, Vector3 } from '../schema';
import { parseStructure, structureInput } from '../structure';
import { type CifBlock, type CifValue, readCifBlocks } from './cif-blocks';
import { readCifSymmetry } from './cif-symmetry';
import { elementOfLabel, type FileContent, fileError, MOST_SITES, parseNumber, quote } from './text';

/** Images of a site nearer than this are one; covers coordinates of three digits. */
const SAME_PLACE_ANGSTROM = 0.1;
/** Their places are compared each with each. */
const MOST_PARTIAL_SITES = 2000;
const DEUTERIUM_MASS_U = 2.01410177812;

/** A site of the asymmetric unit. */
type CifSite = Pick<Site, 'species' | 'position' | 'label' | 'massU'>;

/** Reads the first data block with atoms; symmetry by listed operations or by the space group's name or number. */
export function readCif(text: string): FileContent {
  const blocks = readCifBlocks(text);
  const withAtoms = blocks.filter(
    ({ columns }) => columns.has('_atom_site_fract_x') || columns.has('_atom_site.fract_x'),
  );
  const block = withAtoms[0];
  if (!block) {
    throw new KernelError(
      'bad-file',
      'This CIF has no data block with fractional coordinates of atoms (_atom_site_fract_x).',
    );
  }
  const cellAngstrom = readCell(block);
  const symmetry = readCifSymmetry(block, cellAngstrom);
  const notes = [...symmetry.notes];
  if (withAtoms.length > 1) {
    notes.unshift(`The file has ${withAtoms.length} blocks with atoms; the first, ${quote(block.name)}, was taken.`);
  }
  const asymmetric = shareSites(readSites(block, notes), cellAngstrom, notes);
  const expansions = symmetry.choices.map((operations) => expand(asymmetric, operations, cellAngstrom));
  const fewest = Math.min(...expansions.map(({ length }) => length));
  const sites = expansions.find(({ length }) => length === fewest)!;
  if (symmetry.choices.length > 1) {
    notes.push(
      'The file leaves open which origin its coordinates refer to; the one that gives the fewest atoms was taken.',
    );
  }
  return { structure: parseStructure(structureInput({ cellAngstrom, periodic: [true, true, true], sites })), notes };
}

/** All sites in space group P 1, numbers to all digits. The cell's orientation, moments and charges are not part of a CIF of this kind. */
export function writeCif(structure: Structure): string {
  const { cellAngstrom, sites } = structure;
  if (!cellAngstrom) throw new KernelError('format-cannot-hold', 'A CIF needs a cell, and this structure has none.');
  const { lengthsAngstrom, anglesDegrees } = cellParameters(cellAngstrom);
  const digits = (x: number) => String(Number(x.toPrecision(14)));
  const name = formula(structure);
  const rows = sites.flatMap(({ species, position, label }, i) =>
    species.map(({ element, concentration }) =>
      [element, quoteLabel(label ?? `${element}${i + 1}`), ...position, concentration].join(' '),
    ),
  );
  return [
    `data_${name}`,
    ...['a', 'b', 'c'].map((axis, i) => `_cell_length_${axis} ${digits(lengthsAngstrom[i]!)}`),
    ...['alpha', 'beta', 'gamma'].map((angle, i) => `_cell_angle_${angle} ${digits(anglesDegrees[i]!)}`),
    `_cell_volume ${digits(cellVolume(cellAngstrom))}`,
    "_space_group_name_H-M_alt 'P 1'",
    '_space_group_IT_number 1',
    'loop_',
    '_space_group_symop_operation_xyz',
    "'x, y, z'",
    'loop_',
    ...['type_symbol', 'label', 'fract_x', 'fract_y', 'fract_z', 'occupancy'].map((tag) => `_atom_site_${tag}`),
    ...rows,
    '',
  ].join('\n');
}

function readCell({ columns, line, name }: CifBlock): Matrix3 {
  const value = (tag: string) => {
    const found = columns.get(`_cell_${tag}`)?.[0] ?? columns.get(`_cell.${tag}`)?.[0];
    if (!found) throw fileError(line, `the block ${quote(name)} that begins here has no _cell_${tag}.`);
    const number = parseCifNumber(found);
    if (number === null || number <= 0) {
      throw fileError(found.line, `_cell_${tag} should be a positive number, not ${quote(found.text)}.`);
    }
    return number;
  };
  const lengthsAngstrom = ['length_a', 'length_b', 'length_c'].map(value) as Vector3;
  const anglesDegrees = ['angle_alpha', 'angle_beta', 'angle_gamma'].map(value) as Vector3;
  const cell = cellFromParameters({ lengthsAngstrom, anglesDegrees });
  if (!(cellVolume(cell) > 1e-6 * lengthsAngstrom[0] * lengthsAngstrom[1] * lengthsAngstrom[2])) {
    throw fileError(line, `no cell has the angles ${anglesDegrees.join(', ')} degrees.`);
  }
  return cell;
}

function readSites({ columns, line }: CifBlock, notes: string[]): CifSite[] {
  const column = (tag: string) => columns.get(`_atom_site_${tag}`) ?? columns.get(`_atom_site.${tag}`);
  const [x, y, z] = ['fract_x', 'fract_y', 'fract_z'].map(column);
  if (!x || !y || !z || y.length !== x.length || z.length !== x.length) {
    throw fileError(x?.[0]?.line ?? line, 'the table of atoms needs fract_x, fract_y and fract_z.');
  }
  const [labels, types, occupancies, flags] = ['label', 'type_symbol', 'occupancy', 'calc_flag'].map(column);
  const sites: CifSite[] = [];
  let skipped = 0;
  for (let i = 0; i < x.length; i++) {
    const position = [x[i]!, y[i]!, z[i]!].map(parseCifNumber);
    if ([x, y, z].some((c) => isUnknown(c[i]!)) || flags?.[i]?.text.toLowerCase() === 'dum') {
      skipped++;
      continue;
    }
    if (position.includes(null)) {
      throw fileError(
        x[i]!.line,
        `atom ${i + 1} should have three fractional coordinates, not ${quote([x, y, z].map((c) => c[i]!.text).join(' '))}.`,
      );
    }
    const label = labels?.[i];
    const kind = types?.[i] && !isUnknown(types[i]!) ? types[i]! : label;
    const element = kind && elementOfLabel(kind.text);
    if (!element) throw fileError(x[i]!.line, `${quote(kind?.text ?? '')} names no element.`);
    const concentration = readOccupancy(occupancies?.[i]);
    if (concentration === 0) {
      skipped++;
      continue;
    }
    sites.push({
      species: [{ element, concentration }],
      position: position as Vector3,
      ...(label ? { label: label.text.slice(0, 64) } : {}),
      ...(kind.text === 'D' ? { massU: DEUTERIUM_MASS_U } : {}),
    });
  }
  if (skipped) notes.push(`${skipped} ${skipped === 1 ? 'row' : 'rows'} without coordinates or occupancy left out.`);
  if (sites.length === 0) throw fileError(line, 'the block that begins here has no atom with coordinates.');
  return sites;
}

function readOccupancy(value: CifValue | undefined): number {
  if (!value || isUnknown(value)) return 1;
  const occupancy = parseCifNumber(value);
  if (occupancy === null || occupancy < 0 || occupancy > 1.05) {
    throw fileError(value.line, `an occupancy lies between 0 and 1; this one is ${quote(value.text)}.`);
  }
  return Math.min(1, occupancy);
}

/** Rows at one place, each partly occupied, become the species of one site. */
function shareSites(sites: CifSite[], cell: Matrix3, notes: string[]): CifSite[] {
  const shared: CifSite[] = [];
  const partial: CifSite[] = [];
  for (const site of sites) {
    if (site.species[0]!.concentration === 1) {
      shared.push(site);
      continue;
    }
    const partner = partial.find(
      (other) => latticeDistance(other.position, site.position, cell) < SAME_PLACE_ANGSTROM / 2,
    );
    if (partner) {
      addSpecies(partner, site);
      continue;
    }
    const own = { ...site, species: [...site.species] };
    partial.push(own);
    if (partial.length > MOST_PARTIAL_SITES) {
      throw new KernelError('bad-file', `More than ${MOST_PARTIAL_SITES} partly occupied sites cannot be read.`);
    }
    shared.push(own);
  }
  for (const { species, label } of partial) {
    const sum = species.reduce((total, { concentration }) => total + concentration, 0);
    if (sum <= 1) continue;
    if (sum > 1.02) {
      throw new KernelError(
        'bad-file',
        `The occupancies at the place of ${quote(label ?? '')} sum to ${sum.toFixed(3)}, more than 1.`,
        { sum },
      );
    }
    for (const one of species) one.concentration /= sum;
    notes.push(
      `The occupancies at the place of ${quote(label ?? '')} summed to ${sum.toFixed(3)} and were scaled to 1.`,
    );
  }
  return shared;
}

function addSpecies(site: CifSite, { species: [added] }: CifSite): void {
  const same = site.species.find(({ element }) => element === added!.element);
  if (same) same.concentration += added!.concentration;
  else site.species.push({ ...added! });
}

/**
 * The orbits of all sites. A site near a special position is first put onto it: the mean over the operations that carry
 * it onto itself, so that 0.3333 becomes a third where a threefold axis says so.
 */
function expand(asymmetric: CifSite[], operations: SymmetryOperation[], cell: Matrix3): Site[] {
  if (asymmetric.length * operations.length > 2 * MOST_SITES) {
    throw new KernelError(
      'bad-file',
      `${asymmetric.length} atoms under ${operations.length} operations are more than can be read.`,
    );
  }
  const sites: Site[] = [];
  for (const site of asymmetric) {
    const position = operations.length === 1 ? site.position : settle(site.position, operations, cell);
    const orbit: Vector3[] = [];
    for (const operation of operations) {
      const image = operations.length === 1 ? position : wrapFractional(applyOperation(operation, position));
      if (!orbit.some((other) => latticeDistance(other, image, cell) < SAME_PLACE_ANGSTROM)) orbit.push(image);
    }
    for (const image of orbit) sites.push({ ...site, position: image });
    if (sites.length > MOST_SITES) throw new KernelError('bad-file', `More than ${MOST_SITES} atoms cannot be read.`);
  }
  return sites;
}

function settle(position: Vector3, operations: SymmetryOperation[], cell: Matrix3): Vector3 {
  const sum: Vector3 = [0, 0, 0];
  let count = 0;
  for (const operation of operations) {
    const image = applyOperation(operation, position);
    if (latticeDistance(image, position, cell) >= SAME_PLACE_ANGSTROM) continue;
    image.forEach((x, axis) => {
      sum[axis]! += x - position[axis]! - Math.round(x - position[axis]!);
    });
    count++;
  }
  return position.map((x, axis) => x + sum[axis]! / Math.max(1, count)) as Vector3;
}

/** "5.431(2)", "1/3", "0.25": uncertainties are dropped. */
function parseCifNumber({ text }: CifValue): number | null {
  const [top, bottom, ...rest] = text.replace(/\(\d*\)$/, '').split('/');
  const numerator = parseNumber(top);
  if (bottom === undefined) return numerator;
  const denominator = parseNumber(bottom);
  return rest.length || numerator === null || !denominator ? null : numerator / denominator;
}

function isUnknown({ text, isQuoted }: CifValue): boolean {
  return !isQuoted && (text === '?' || text === '.');
}

/** A label that fits one word of a CIF. */
function quoteLabel(label: string): string {
  const clean = label.replace(/[^\x21-\x7e]/g, '_');
  return /^[A-Za-z0-9]/.test(clean) ? clean : `X${clean}`;
}
