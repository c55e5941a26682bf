import { BOHR_ANGSTROM } from '../../core/constants';
import { KernelError } from '../../core/errors';
import { dot, type Lattice, type Vector3 } from '../basis/lattice';
import type { ResolvedPlanewaveInput } from '../schema';

/**
 * Whether the cell suits the boundaries.
 * @throws KernelError slab-charged, slab-cell, vacuum-thin, stress-without-cell
 */
export function checkBoundaries(
  input: ResolvedPlanewaveInput,
  lattice: Lattice,
  { positions, periodic }: { positions: readonly Vector3[]; periodic: readonly [boolean, boolean, boolean] },
  notes: string[],
): void {
  const { boundaries, charge, relax, task, stress } = input;
  const isLayer = periodic[0] && periodic[1] && !periodic[2];
  if (boundaries === 'periodic') {
    if (isLayer && charge !== 0)
      throw new KernelError(
        'slab-charged',
        'A charged slab in a repeated cell has an energy that grows with the vacuum: choose boundaries "slab", or a neutral slab.',
        { charge },
      );
    if (periodic.includes(false))
      notes.push(
        'The cell is repeated in all three directions; images in the directions without periodicity see each other.',
      );
    return;
  }
  if (boundaries === 'isolated') {
    if (stress || (task === 'relax' && relax.cell !== 'fixed'))
      throw new KernelError('stress-without-cell', 'A molecule alone has no stress, and its cell cannot be relaxed.');
    for (const axis of [0, 1, 2]) checkVacuum(lattice, positions, axis);
    if (charge === 0) return;
    notes.push('The molecule is charged and alone: no background and no images take part.');
    return;
  }
  const [a, b, c] = lattice.vectors;
  const slant = [a, b].some((v) => Math.abs(dot(v, c)) > 1e-4 * Math.sqrt(dot(v, v) * dot(c, c)));
  if (slant)
    throw new KernelError(
      'slab-cell',
      'With boundaries "slab" the third cell vector must stand at right angles to the others, along the vacuum.',
    );
  if (charge !== 0)
    notes.push(
      'The slab is charged: its energy depends on where the potential is taken as zero, and only differences at one charge mean something.',
    );
  if (task === 'relax' && relax.cell === 'volume')
    throw new KernelError(
      'slab-cell',
      'The volume of a slab\'s cell is mostly vacuum: relax the cell "full", which keeps its height.',
    );
  checkVacuum(lattice, positions, 2);
}

/** The atoms must lie within less than half of the cell, or the cut would run through them. */
function checkVacuum({ reciprocal }: Lattice, positions: readonly Vector3[], axis: number): void {
  const width = (2 * Math.PI) / Math.sqrt(dot(reciprocal[axis]!, reciprocal[axis]!));
  const places = positions.map((x) => x[axis]! - Math.floor(x[axis]!)).sort((x, y) => x - y);
  const gaps = places.map((x, i) => (places[i + 1] ?? places[0]! + 1) - x);
  const thickness = (1 - Math.max(...gaps)) * width;
  if (thickness + LEAST_MARGIN_BOHR <= width / 2) return;
  throw new KernelError(
    'vacuum-thin',
    `The atoms take up ${(thickness * BOHR_ANGSTROM).toFixed(1)} of the cell's ${(width * BOHR_ANGSTROM).toFixed(1)} Å along vector ${'abc'[axis]}: at least twice their extent and ${(2 * LEAST_MARGIN_BOHR * BOHR_ANGSTROM).toFixed(0)} Å more are needed, so that the interaction can be cut off in the vacuum.`,
    { thicknessAngstrom: thickness * BOHR_ANGSTROM, widthAngstrom: width * BOHR_ANGSTROM },
  );
}

/** Densities reach out some way from the atoms. */
const LEAST_MARGIN_BOHR = 4.7;
