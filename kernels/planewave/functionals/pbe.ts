import { type LocalValue, perdewWang92, wignerSeitzRadius } from './lda';

/** What a gradient functional adds to its local part, per volume, with sigma = |grad n|^2. */
export interface GradientValue {
  /** Energy density f(n, sigma), Ha bohr^-3. */
  energyDensity: number;
  /** df/dn at fixed sigma, Ha. */
  byDensity: number;
  /** df/dsigma, Ha bohr^5. */
  bySigma: number;
}

export interface PbeParameters {
  mu: number;
  beta: number;
}

/** Perdew, Burke and Ernzerhof, Phys. Rev. Lett. 77, 3865 (1996); digits of beta and mu as pw.x has them. */
export const PBE: PbeParameters = { mu: 0.2195149727645171, beta: 0.06672455060314922 };
/** Perdew et al., Phys. Rev. Lett. 100, 136406 (2008): mu = 10/81, beta = 0.046. */
export const PBESOL: PbeParameters = { mu: 10 / 81, beta: 0.046 };

const KAPPA = 0.804;
const GAMMA = (1 - Math.LN2) / Math.PI ** 2;

/** Gradient part of the exchange: n e_x (F(s) - 1), F = 1 + kappa - kappa/(1 + mu s^2/kappa), s^2 = sigma/(4 k_F^2 n^2). */
export function pbeExchange(density: number, sigma: number, { mu }: PbeParameters): GradientValue {
  const kF = Math.cbrt(3 * Math.PI * Math.PI * density);
  const uniform = (-3 / (4 * Math.PI)) * kF;
  const s2 = sigma / (4 * kF * kF * density * density);
  const damping = 1 + (mu * s2) / KAPPA;
  const excess = KAPPA - KAPPA / damping;
  const slope = mu / (damping * damping);
  return {
    energyDensity: density * uniform * excess,
    byDensity: (4 / 3) * uniform * excess - (8 / 3) * uniform * slope * s2,
    bySigma: (uniform * slope) / (4 * kF * kF * density),
  };
}

/** Gradient part of the correlation: n H(rs, t), eqs. 7 and 8 of the paper, t^2 = sigma/(4 k_s^2 n^2), k_s^2 = 4 k_F/pi. */
export function pbeCorrelation(density: number, sigma: number, { beta }: PbeParameters): GradientValue {
  const local: LocalValue = perdewWang92(density);
  const energySlope = (local.potential - local.energy) / density;
  const rs = wignerSeitzRadius(density);
  const kF = Math.cbrt((9 * Math.PI) / 4) / rs;
  const tPerSigma = Math.PI / (16 * kF * density * density);
  const t2 = sigma * tPerSigma;
  const exponential = Math.exp(-local.energy / GAMMA);
  const A = beta / GAMMA / (exponential - 1);
  const y = A * t2;
  const quadratic = 1 + y + y * y;
  const ratio = (1 + y) / quadratic;
  const inside = 1 + (beta / GAMMA) * t2 * ratio;
  const H = GAMMA * Math.log(inside);
  // dH/dt2 at fixed A and dH/dA at fixed t2; d(ratio)/dy = -y (2 + y)/(1 + y + y^2)^2.
  const ratioSlope = (-y * (2 + y)) / (quadratic * quadratic);
  const byT2 = (beta / inside) * (ratio + y * ratioSlope);
  const byA = (beta / inside) * t2 * t2 * ratioSlope;
  const aByEnergy = (A * A * exponential) / beta;
  // t^2 scales as n^(-7/3) at fixed sigma.
  return {
    energyDensity: density * H,
    byDensity: H + density * ((byT2 * ((-7 / 3) * t2)) / density + byA * aByEnergy * energySlope),
    bySigma: density * byT2 * tPerSigma,
  };
}
