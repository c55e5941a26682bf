/** Exchange-correlation of a local functional at one density. */
export interface LocalValue {
  /** Energy per electron, Ha. */
  energy: number;
  /** Potential d(n e)/dn, Ha. */
  potential: number;
}

/** A fitted energy of the uniform gas and its derivative by the Wigner-Seitz radius, Ha and Ha/bohr. */
export interface GasFit {
  energy: number;
  slope: number;
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

/** A, alpha_1, beta_1..beta_4 of Perdew and Wang, table I. */
export interface PerdewWangParameters {
  readonly a: number;
  readonly a1: number;
  readonly b1: number;
  readonly b2: number;
  readonly b3: number;
  readonly b4: number;
}

/** A = 0.031091 as printed there (pw.x takes the same; ABINIT takes 0.0310907, 4e-7 Ha apart for silicon). */
export const PW92_UNPOLARIZED: PerdewWangParameters = {
  a: 0.031091,
  a1: 0.2137,
  b1: 7.5957,
  b2: 3.5876,
  b3: 1.6382,
  b4: 0.49294,
};

/** G(rs), eq. 10 of Perdew and Wang, Phys. Rev. B 45, 13244 (1992). */
export function perdewWangFit(rs: number, { a, a1, b1, b2, b3, b4 }: PerdewWangParameters): GasFit {
  const root = Math.sqrt(rs);
  const q = 2 * a * (b1 * root + b2 * rs + b3 * rs * root + b4 * rs * rs);
  const dq = 2 * a * (b1 / (2 * root) + b2 + 1.5 * b3 * root + 2 * b4 * rs);
  const logarithm = Math.log(1 + 1 / q);
  return {
    energy: -2 * a * (1 + a1 * rs) * logarithm,
    slope: -2 * a * a1 * logarithm + (2 * a * (1 + a1 * rs) * dq) / (q * (q + 1)),
  };
}

/** Correlation of the unpolarised uniform gas: Perdew and Wang, Phys. Rev. B 45, 13244 (1992). */
export function perdewWang92(density: number): LocalValue {
  const rs = wignerSeitzRadius(density);
  return localValue(rs, perdewWangFit(rs, PW92_UNPOLARIZED));
}

/** A, B, C, D of the high densities; gamma, beta_1, beta_2 of the low ones. */
export interface PerdewZungerParameters {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly gamma: number;
  readonly b1: number;
  readonly b2: number;
}

export const PZ81_UNPOLARIZED: PerdewZungerParameters = {
  a: 0.0311,
  b: -0.048,
  c: 0.002,
  d: -0.0116,
  gamma: -0.1423,
  b1: 1.0529,
  b2: 0.3334,
};

/** Perdew and Zunger, Phys. Rev. B 23, 5048 (1981), appendix C. */
export function perdewZungerFit(rs: number, { a, b, c, d, gamma, b1, b2 }: PerdewZungerParameters): GasFit {
  if (rs < 1) {
    const log = Math.log(rs);
    return { energy: a * log + b + c * rs * log + d * rs, slope: a / rs + c * (log + 1) + d };
  }
  const root = Math.sqrt(rs);
  const denominator = 1 + b1 * root + b2 * rs;
  return { energy: gamma / denominator, slope: (-gamma * (b1 / (2 * root) + b2)) / denominator ** 2 };
}

/** Correlation of the unpolarised uniform gas: Perdew and Zunger, Phys. Rev. B 23, 5048 (1981). */
export function perdewZunger81(density: number): LocalValue {
  const rs = wignerSeitzRadius(density);
  return localValue(rs, perdewZungerFit(rs, PZ81_UNPOLARIZED));
}

function localValue(rs: number, { energy, slope }: GasFit): LocalValue {
  return { energy, potential: energy - (rs / 3) * slope };
}
