/**
 * Kinetic preconditioner of Teter, Payne and Allan, Phys. Rev. B 40, 12255 (1989), eq. 5.16: multiplies each residual by
 * (27 + 18x + 12x^2 + 8x^3)/(27 + 18x + 12x^2 + 8x^3 + 16x^4), x = kinetic(G)/(1.5 * kinetic energy of the orbital).
 * @returns the squared norm of what it leaves.
 */
export function precondition(kinetic: Float64Array, orbitalKineticHartree: number, residual: Float64Array): number {
  const scale = 1 / (1.5 * Math.max(orbitalKineticHartree, 1e-3));
  let square = 0;
  for (let g = 0; g < kinetic.length; g++) {
    const x = kinetic[g]! * scale;
    const top = 27 + x * (18 + x * (12 + 8 * x));
    // Products: the power operator takes ten times as long.
    const factor = top / (top + 16 * x * x * x * x);
    const re = residual[2 * g]! * factor;
    const im = residual[2 * g + 1]! * factor;
    residual[2 * g] = re;
    residual[2 * g + 1] = im;
    square += re * re + im * im;
  }
  return square;
}
