import type { InstancedMesh } from 'weas/dist/index.mjs';

/** Up to this many atoms each is as round as weas draws it, with 2,000 triangles; beyond, with 250: nobody sees the difference at that size. */
const FINE_ATOMS_MAX = 150;
const COARSE_SEGMENTS = [14, 10] as const;

/**
 * Takes from a mesh of weas what nobody sees: it keeps three kinds of marks for every atom and draws them at size zero, and its
 * spheres are as fine for a thousand atoms as for one. 616 atoms came to 8.6 million vertices a frame.
 */
export function lightenMesh(mesh: InstancedMesh, atomCount: number): void {
  if (!mesh.isInstancedMesh) return;
  mesh.visible = hasInstance(mesh.instanceMatrix.array);
  const { geometry } = mesh;
  if (atomCount <= FINE_ATOMS_MAX || geometry.type !== 'SphereGeometry') return;
  if (geometry.parameters.widthSegments <= COARSE_SEGMENTS[0]) return;
  mesh.geometry = new geometry.constructor(geometry.parameters.radius, ...COARSE_SEGMENTS);
  geometry.dispose();
}

/** Whether any instance has a size: the first column of its matrix is not zero. */
function hasInstance(matrices: ArrayLike<number>): boolean {
  for (let at = 0; at < matrices.length; at += 16)
    if (matrices[at] !== 0 || matrices[at + 1] !== 0 || matrices[at + 2] !== 0) return true;
  return false;
}
