import type { Resolved } from '@/server/schemas/resolved';
import type { Card } from './pw-input';

type Mesh = [number, number, number];

/** A mesh as pw.x knows it: shifts of none or half a step; others point by point. */
export function meshCard(mesh: Mesh, shift: Mesh): Card {
  if (shift.every((s) => s === 0 || s === 0.5))
    return { name: 'K_POINTS', option: 'automatic', lines: [[...mesh, ...shift.map((s) => (s ? 1 : 0))].join(' ')] };
  const points = Array.from({ length: mesh[0] * mesh[1] * mesh[2] }, (_, index) => {
    const n = [Math.floor(index / (mesh[1] * mesh[2])), Math.floor(index / mesh[2]) % mesh[1], index % mesh[2]];
    return n.map((x, i) => (x + shift[i]!) / mesh[i]!) as Mesh;
  });
  return listCard(points);
}

/** Points in units of the reciprocal vectors, all of the same weight. */
export function listCard(points: readonly (readonly number[])[]): Card {
  const lines = points.map((point) => [...point.map((x) => x.toFixed(12)), '1'].join(' '));
  return { name: 'K_POINTS', option: 'crystal', lines: [String(points.length), ...lines] };
}

/**
 * pw.x reduces a shifted mesh with the whole crystal group, also where the mesh does not have it: such meshes run with the
 * identity and time reversal alone.
 */
export const hasFullSymmetry = ({ symmetry, shift }: Resolved) => symmetry && !shift?.value.some(Boolean);
