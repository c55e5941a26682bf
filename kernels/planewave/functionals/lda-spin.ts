import {
  type PerdewWangParameters,
  type PerdewZungerParameters,
  PW92_UNPOLARIZED,
  PZ81_UNPOLARIZED,
  perdewWangFit,
  perdewZungerFit,
  slaterExchange,
  wignerSeitzRadius,
} from './lda';

/** A local functional at densities n_up, n_down. */
export interface PolarizedLocalValue {
  /** Energy per electron, Ha. */
  energy: number;
  /** d(n e)/dn_up and d(n e)/dn_down, Ha. */
  potentialUp: number;
  potentialDown: number;
}

/** Correlation of the uniform gas as a function of n and zeta = (n_up - n_down)/n: energies per electron, Ha. */
export interface PolarizedGas {
  energy: number;
  /** n de/dn at fixed zeta. */
  byLogDensity: number;
  /** de/dzeta at fixed n. */
  byZeta: number;
}

/** The rows of table I for the ferromagnetic gas and for the spin stiffness -alpha_c, with the digits printed there (pw.x has the same). */
const PW92_FERROMAGNETIC: PerdewWangParameters = {
  a: 0.015545,
  a1: 0.20548,
  b1: 14.1189,
  b2: 6.1977,
  b3: 3.3662,
  b4: 0.62517,
};
const PW92_STIFFNESS: PerdewWangParameters = {
  a: 0.016887,
  a1: 0.11125,
  b1: 10.357,
  b2: 3.6231,
  b3: 0.88026,
  b4: 0.49671,
};
/** f''(0) = 8/(9 (2^(4/3) - 2)), with the digits that pw.x and the paper have. */
const F_CURVATURE = 1.709921;

const PZ81_FERROMAGNETIC: PerdewZungerParameters = {
  a: 0.01555,
  b: -0.0269,
  c: 0.0007,
  d: -0.0048,
  gamma: -0.0843,
  b1: 1.3981,
  b2: 0.2611,
};

/**
 * Perdew and Wang, Phys. Rev. B 45, 13244 (1992), eq. 8:
 * e(rs, zeta) = e(rs, 0) + alpha_c(rs) f(zeta)/f''(0) (1 - zeta^4) + [e(rs, 1) - e(rs, 0)] f(zeta) zeta^4.
 */
export function polarizedPerdewWang92(density: number, zeta: number): PolarizedGas {
  const rs = wignerSeitzRadius(density);
  const para = perdewWangFit(rs, PW92_UNPOLARIZED);
  const ferro = perdewWangFit(rs, PW92_FERROMAGNETIC);
  const stiffness = perdewWangFit(rs, PW92_STIFFNESS);
  const { f, df } = spinInterpolation(zeta);
  const z3 = zeta ** 3;
  const z4 = z3 * zeta;
  const byStiffness = (-f * (1 - z4)) / F_CURVATURE;
  const byFerro = f * z4;
  return {
    energy: para.energy + stiffness.energy * byStiffness + (ferro.energy - para.energy) * byFerro,
    byLogDensity: (-rs / 3) * (para.slope + stiffness.slope * byStiffness + (ferro.slope - para.slope) * byFerro),
    byZeta:
      (-stiffness.energy * (df * (1 - z4) - 4 * f * z3)) / F_CURVATURE +
      (ferro.energy - para.energy) * (df * z4 + 4 * f * z3),
  };
}

/** Perdew and Zunger, Phys. Rev. B 23, 5048 (1981), with the interpolation of von Barth and Hedin, J. Phys. C 5, 1629 (1972). */
export function polarizedPerdewZunger81(density: number, zeta: number): PolarizedGas {
  const rs = wignerSeitzRadius(density);
  const para = perdewZungerFit(rs, PZ81_UNPOLARIZED);
  const ferro = perdewZungerFit(rs, PZ81_FERROMAGNETIC);
  const { f, df } = spinInterpolation(zeta);
  return {
    energy: para.energy + (ferro.energy - para.energy) * f,
    byLogDensity: (-rs / 3) * (para.slope + (ferro.slope - para.slope) * f),
    byZeta: (ferro.energy - para.energy) * df,
  };
}

/** Correlation as a function of the two densities. */
export function polarizedLocalValue(gas: PolarizedGas, zeta: number): PolarizedLocalValue {
  const base = gas.energy + gas.byLogDensity;
  return {
    energy: gas.energy,
    potentialUp: base + (1 - zeta) * gas.byZeta,
    potentialDown: base - (1 + zeta) * gas.byZeta,
  };
}

/** Exchange by exact spin scaling, E_x[u, d] = (E_x[2u] + E_x[2d])/2 (Oliver and Perdew, Phys. Rev. A 20, 397 (1979)). */
export function polarizedSlaterExchange(up: number, down: number): PolarizedLocalValue {
  const ofUp = slaterExchange(2 * up);
  const ofDown = slaterExchange(2 * down);
  return {
    energy: (up * ofUp.energy + down * ofDown.energy) / (up + down),
    potentialUp: ofUp.potential,
    potentialDown: ofDown.potential,
  };
}

/** f(zeta) = [(1 + zeta)^(4/3) + (1 - zeta)^(4/3) - 2]/(2^(4/3) - 2) and its derivative. */
function spinInterpolation(zeta: number): { f: number; df: number } {
  const up = Math.cbrt(1 + zeta);
  const down = Math.cbrt(1 - zeta);
  const scale = 2 ** (4 / 3) - 2;
  return { f: ((1 + zeta) * up + (1 - zeta) * down - 2) / scale, df: ((4 / 3) * (up - down)) / scale };
}
