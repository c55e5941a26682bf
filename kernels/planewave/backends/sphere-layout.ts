/** Where the plane waves of a sphere stand when only the planes of axis 0 that hold some are kept. */
export interface SphereLayout {
  /** Places of the kept planes along axis 0, ascending. */
  planes: Int32Array;
  /** Where each kept line of axis 2 starts in the kept planes, ascending. */
  lines: Int32Array;
  /** Place of each coefficient in the kept planes. */
  positions: Int32Array;
}

export function layoutSphere(n: readonly [number, number, number], indices: Int32Array): SphereLayout {
  const area = n[1] * n[2];
  const planes = distinct(indices, (index) => Math.floor(index / area));
  const kept = new Int32Array(n[0]).fill(-1);
  planes.forEach((plane, place) => {
    kept[plane] = place;
  });
  const positions = indices.map((index) => kept[Math.floor(index / area)]! * area + (index % area));
  const lines = distinct(positions, (position) => position - (position % n[2]));
  return { planes, lines, positions };
}

function distinct(values: Int32Array, key: (value: number) => number): Int32Array {
  return Int32Array.from(new Set(values.map(key))).sort();
}
