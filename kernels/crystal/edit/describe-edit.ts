import { identity } from '../linear';
import type { Matrix3 } from '../schema';
import { axisNames } from './requirements';
import type { StructureEdit } from './schema';

/** What an edit does in a few words without a full stop, such as "Supercell 2 × 2 × 1". Terminations are counted from 0, as in the edit. */
export function describeEdit(edit: StructureEdit): string {
  switch (edit.do) {
    case 'supercell':
      return describeSupercell(edit.matrix);
    case 'niggli':
      return 'Niggli-reduced cell';
    case 'strain':
      return describeStrain(edit.strain);
    case 'cell':
      return `Cell ${edit.lengthsAngstrom.map(short).join(' × ')} Å, angles ${edit.anglesDegrees.map(short).join('°, ')}°`;
    case 'periodicity':
      return describePeriodicity(edit.periodic, edit.vacuumAngstrom);
    case 'slab':
      return (
        `Slab (${edit.miller.join(' ')}), ${count(edit.layers, 'layer')}, ` +
        `${short(edit.vacuumAngstrom)} Å of vacuum, termination ${edit.termination}`
      );
    case 'add':
      return `${edit.element} added${describePlace(edit)}`;
    case 'remove':
      return `${atoms(edit.sites)} removed`;
    case 'move':
      return `${atoms(edit.sites)} moved by ${tuple(edit.byAngstrom)} Å`;
    case 'rotate':
      return `${atoms(edit.sites)} rotated by ${short(edit.degrees)}° about ${tuple(edit.axis)}`;
    case 'mirror':
      return `${atoms(edit.sites)} mirrored in the plane across ${tuple(edit.normal)}`;
    case 'replace':
      return `${atoms(edit.sites)} replaced by ${edit.element}`;
    case 'substitute':
      return `${edit.element} replaced by ${edit.by} at ${percent(edit.fraction)}`;
    case 'shake':
      return `All atoms shaken by ${short(edit.rootMeanSquareAngstrom)} Å`;
    case 'label':
      return edit.label === '' ? `${atoms(edit.sites)} without a label` : `${atoms(edit.sites)} labelled ${edit.label}`;
  }
}

function describeSupercell(matrix: Matrix3): string {
  const isDiagonal = matrix.every((row, i) => row.every((x, j) => i === j || x === 0));
  if (isDiagonal) return `Supercell ${matrix.map((row, i) => row[i]).join(' × ')}`;
  return `Supercell of the vectors ${matrix.map((row) => `(${row.join(' ')})`).join(', ')}`;
}

function describeStrain(strain: Matrix3): string {
  const isHydrostatic = strain.every((row, i) => row.every((x, j) => x === strain[0][0] * identity[i]![j]!));
  if (isHydrostatic) return `Strain of ${percent(strain[0][0])} in all directions`;
  const components = strain.flatMap((row, i) =>
    row.flatMap((x, j) => (j < i || x === 0 ? [] : [`${'xyz'[i]}${'xyz'[j]} ${percent(x)}`])),
  );
  return `Strain ${components.join(', ')}`;
}

function describePeriodicity(periodic: readonly boolean[], vacuumAngstrom: number): string {
  const axes = [0, 1, 2].filter((axis) => periodic[axis]);
  if (axes.length === 3) return 'Periodic in all directions';
  const where = axes.length === 0 ? 'Not periodic' : `Periodic along ${axisNames(axes)}`;
  return `${where}, ${short(vacuumAngstrom)} Å of vacuum`;
}

function describePlace({ fractional, cartesianAngstrom }: Extract<StructureEdit, { do: 'add' }>): string {
  if (fractional) return ` at ${tuple(fractional)}`;
  return cartesianAngstrom ? ` at ${tuple(cartesianAngstrom)} Å` : '';
}

const atoms = (sites: readonly number[]) => count(new Set(sites).size, 'atom');
const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
const short = (x: number) => String(Number(x.toFixed(4)) + 0);
const percent = (x: number) => `${Number((100 * x).toFixed(2)) + 0} %`;
const tuple = (v: readonly number[]) => `(${v.map(short).join(', ')})`;
