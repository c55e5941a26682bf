/** Real spherical harmonics Y_lm(x, y, z), orthonormal on the sphere; m runs from -l to l. The direction need not be normalised; zero gives Y_00 only. */
export function realHarmonics(l: number, x: number, y: number, z: number): number[] {
  const r = Math.hypot(x, y, z);
  if (l === 0) return [Math.sqrt(1 / (4 * Math.PI))];
  if (r < 1e-12) return new Array(2 * l + 1).fill(0);
  const [u, v, w] = [x / r, y / r, z / r];
  if (l === 1) {
    const c = Math.sqrt(3 / (4 * Math.PI));
    return [c * v, c * w, c * u];
  }
  if (l === 2) {
    const c = Math.sqrt(15 / (4 * Math.PI));
    return [
      c * u * v,
      c * v * w,
      Math.sqrt(5 / (16 * Math.PI)) * (3 * w * w - 1),
      c * u * w,
      (c / 2) * (u * u - v * v),
    ];
  }
  const c0 = Math.sqrt(7 / (16 * Math.PI));
  const c1 = Math.sqrt(21 / (32 * Math.PI));
  const c2 = Math.sqrt(105 / (16 * Math.PI));
  const c3 = Math.sqrt(35 / (32 * Math.PI));
  return [
    c3 * v * (3 * u * u - v * v),
    2 * c2 * u * v * w,
    c1 * v * (5 * w * w - 1),
    c0 * w * (5 * w * w - 3),
    c1 * u * (5 * w * w - 1),
    c2 * w * (u * u - v * v),
    c3 * u * (u * u - 3 * v * v),
  ];
}
