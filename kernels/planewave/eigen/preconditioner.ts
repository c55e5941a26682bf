/**
 * Kinetic preconditioner of Teter, Payne and Allan, Phys. Rev. B 40, 12255 (1989), eq. 5.16: multiplies each residual by
 * (27 + 18x + 12x^2 + 8x^3)/(27 + 18x + 12x^2 + 8x^3 + 16x^4), x = kinetic(G)/(1.5 * kinetic energy of the orbital).
 */
export function precondition(kinetic: Float64Array, orbitalKineticHartree: number, residual: Float64Array): void {
  const scale = 1 / (1.5 * Math.max(orbitalKineticHartree, 1e-3));
  for (let g = 0; g < kinetic.length; g++) {
    const x = kinetic[g]! * scale;
    const top = 27 + x * (18 + x * (12 + 8 * x));
    const factor = top / (top + 16 * x ** 4);
    residual[2 * g]! *= factor;
    residual[2 * g + 1]! *= factor;
  }
}
