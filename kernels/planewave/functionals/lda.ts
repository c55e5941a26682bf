/** Exchange-correlation of a local functional at one density. */
export interface LocalValue {
  /** Energy per electron, Ha. */
  energy: number;
  /** Potential d(n e)/dn, Ha. */
  potential: number;
}

const EXCHANGE = -0.75 * (3 / Math.PI) ** (1 / 3);

/** Exchange of the uniform gas (Dirac): e_x = -(3/4)(3/pi)^(1/3) n^(1/3); n in bohr^-3, unpolarised. */
export function slaterExchange(density: number): LocalValue {
  const energy = EXCHANGE * Math.cbrt(density);
  return { energy, potential: (4 / 3) * energy };
}

/** Wigner-Seitz radius (3/(4 pi n))^(1/3), bohr. */
export function wignerSeitzRadius(density: number): number {
  return Math.cbrt(3 / (4 * Math.PI * density));
}

/**
 * Correlation of the uniform gas, unpolarised: Perdew and Wang, Phys. Rev. B 45, 13244 (1992), eq. 10, with
 * A = 0.031091 as printed there in table I (pw.x takes the same; ABINIT takes 0.0310907, 4e-7 Ha apart for silicon).
 */
export function perdewWang92(density: number): LocalValue {
  const rs = wignerSeitzRadius(density);
  const [a, a1, b1, b2, b3, b4] = [0.031091, 0.2137, 7.5957, 3.5876, 1.6382, 0.49294];
  const root = Math.sqrt(rs);
  const q = 2 * a * (b1 * root + b2 * rs + b3 * rs * root + b4 * rs * rs);
  const dq = 2 * a * (b1 / (2 * root) + b2 + 1.5 * b3 * root + 2 * b4 * rs);
  const logarithm = Math.log(1 + 1 / q);
  const energy = -2 * a * (1 + a1 * rs) * logarithm;
  const slope = -2 * a * a1 * logarithm + (2 * a * (1 + a1 * rs) * dq) / (q * (q + 1));
  return { energy, potential: energy - (rs / 3) * slope };
}

/** Correlation of the uniform gas, unpolarised: Perdew and Zunger, Phys. Rev. B 23, 5048 (1981), appendix C. */
export function perdewZunger81(density: number): LocalValue {
  const rs = wignerSeitzRadius(density);
  if (rs < 1) {
    const [a, b, c, d] = [0.0311, -0.048, 0.002, -0.0116];
    const log = Math.log(rs);
    const energy = a * log + b + c * rs * log + d * rs;
    return { energy, potential: energy - (rs / 3) * (a / rs + c * (log + 1) + d) };
  }
  const [gamma, b1, b2] = [-0.1423, 1.0529, 0.3334];
  const root = Math.sqrt(rs);
  const denominator = 1 + b1 * root + b2 * rs;
  const energy = gamma / denominator;
  const slope = (-gamma * (b1 / (2 * root) + b2)) / denominator ** 2;
  return { energy, potential: energy - (rs / 3) * slope };
}
