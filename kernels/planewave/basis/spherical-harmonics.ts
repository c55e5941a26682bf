/** Real spherical harmonics Y_lm(x, y, z), orthonormal on the sphere; m runs from -l to l. The direction need not be normalised; zero gives Y_00 only. */
export function realHarmonics(l: number, x: number, y: number, z: number): number[] {
  const r = Math.sqrt(x * x + y * y + z * z);
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

/** Gradients of the solid harmonics r^l Y_lm(x, y, z), [m][axis]; polynomials, so regular at the origin. */
export function solidHarmonicGradients(l: number, x: number, y: number, z: number): [number, number, number][] {
  if (l === 0) return [[0, 0, 0]];
  if (l === 1) {
    const c = Math.sqrt(3 / (4 * Math.PI));
    return [
      [0, c, 0],
      [0, 0, c],
      [c, 0, 0],
    ];
  }
  if (l === 2) {
    const c = Math.sqrt(15 / (4 * Math.PI));
    const d = Math.sqrt(5 / (16 * Math.PI));
    return [
      [c * y, c * x, 0],
      [0, c * z, c * y],
      [-2 * d * x, -2 * d * y, 4 * d * z],
      [c * z, 0, c * x],
      [c * x, -c * y, 0],
    ];
  }
  const c0 = Math.sqrt(7 / (16 * Math.PI));
  const c1 = Math.sqrt(21 / (32 * Math.PI));
  const c2 = Math.sqrt(105 / (16 * Math.PI));
  const c3 = Math.sqrt(35 / (32 * Math.PI));
  // y(4zz - xx - yy), z(2zz - 3xx - 3yy), x(4zz - xx - yy): the forms with r^2 written out.
  return [
    [c3 * 6 * x * y, c3 * 3 * (x * x - y * y), 0],
    [2 * c2 * y * z, 2 * c2 * x * z, 2 * c2 * x * y],
    [c1 * -2 * x * y, c1 * (4 * z * z - x * x - 3 * y * y), c1 * 8 * y * z],
    [c0 * -6 * x * z, c0 * -6 * y * z, c0 * (6 * z * z - 3 * x * x - 3 * y * y)],
    [c1 * (4 * z * z - 3 * x * x - y * y), c1 * -2 * x * y, c1 * 8 * x * z],
    [c2 * 2 * x * z, c2 * -2 * y * z, c2 * (x * x - y * y)],
    [c3 * 3 * (x * x - y * y), c3 * -6 * x * y, 0],
  ];
}
