import type { ProjectorChannel, Pseudopotential, Shell } from './pseudopotential';

/** Parameters of a Goedecker-Teter-Hutter pseudopotential as published; lengths in bohr, energies in Ha. */
export interface GthParameters {
  element: string;
  name: string;
  valence: number;
  /** Valence electrons of the neutral atom for l = 0, 1, 2, 3. */
  electronsByL: number[];
  localRadius: number;
  /** c1..c4 */
  localCoefficients: number[];
  /** One a channel, l = 0, 1, ...: radius and the upper triangle of h_ij by rows. */
  channels: { radius: number; upper: number[] }[];
}

/**
 * Goedecker-Teter-Hutter pseudopotential in reciprocal space.
 * Goedecker, Teter and Hutter, Phys. Rev. B 54, 1703 (1996), eqs. 5-9 (local); Hartwigsen, Goedecker and Hutter,
 * Phys. Rev. B 58, 3641 (1998), eqs. 3-14 (projectors).
 */
export function createGthPseudopotential(parameters: GthParameters): Pseudopotential {
  const { valence, localRadius: r, localCoefficients } = parameters;
  const [c1 = 0, c2 = 0, c3 = 0, c4 = 0] = localCoefficients;
  return {
    element: parameters.element,
    name: parameters.name,
    valence,
    local(q) {
      const t2 = (q * r) ** 2;
      const polynomial =
        c1 + c2 * (3 - t2) + c3 * (15 - 10 * t2 + t2 * t2) + c4 * (105 - 105 * t2 + 21 * t2 * t2 - t2 * t2 * t2);
      return (
        ((4 * Math.PI * r * r * Math.exp(-t2 / 2)) / t2) * (-valence + Math.sqrt(Math.PI / 2) * r * t2 * polynomial)
      );
    },
    localSlope(q) {
      const t = q * r;
      const t2 = t * t;
      const t4 = t2 * t2;
      const polynomial = c1 + c2 * (3 - t2) + c3 * (15 - 10 * t2 + t4) + c4 * (105 - 105 * t2 + 21 * t4 - t4 * t2);
      const slope = -2 * c2 * t + c3 * (-20 * t + 4 * t * t2) + c4 * (-210 * t + 84 * t * t2 - 6 * t * t4);
      const decay = 4 * Math.PI * r * r * Math.exp(-t2 / 2);
      // V = decay (-Z/t^2 + sqrt(pi/2) r P); dV/dq = r dV/dt
      const value = -valence / t2 + Math.sqrt(Math.PI / 2) * r * polynomial;
      return r * decay * ((2 * valence) / (t * t2) + Math.sqrt(Math.PI / 2) * r * slope - t * value);
    },
    localAtZero: 2 * Math.PI * valence * r * r + (2 * Math.PI) ** 1.5 * r ** 3 * (c1 + 3 * c2 + 15 * c3 + 105 * c4),
    channels: parameters.channels.flatMap((channel, l) =>
      channel.upper.length > 0 ? [createChannel(l, channel)] : [],
    ),
    shells: fillShells(parameters.electronsByL),
  };
}

function createChannel(l: number, { radius, upper }: { radius: number; upper: number[] }): ProjectorChannel {
  const count = (Math.sqrt(8 * upper.length + 1) - 1) / 2;
  const coupling = new Float64Array(count * count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      coupling[i * count + j] = upper[next]!;
      coupling[j * count + i] = upper[next]!;
      next++;
    }
  }
  const prefactor = 4 * Math.PI ** 1.25 * Math.sqrt(2 ** (l + 1) * radius ** 3);
  return {
    l,
    count,
    coupling,
    projector(i, q) {
      const t = q * radius;
      return prefactor * Math.exp((-t * t) / 2) * projectorPolynomial(l, i, t);
    },
    projectorSlope(i, q) {
      const t = q * radius;
      const slope = projectorPolynomialSlope(l, i, t) - t * projectorPolynomial(l, i, t);
      return prefactor * radius * Math.exp((-t * t) / 2) * slope;
    },
  };
}

/** The polynomial factors of HGH eqs. 9-14, t = q r_l. */
function projectorPolynomial(l: number, i: number, t: number): number {
  const t2 = t * t;
  switch (4 * l + i) {
    case 0:
      return 1;
    case 1:
      return (2 / Math.sqrt(15)) * (3 - t2);
    case 2:
      return (4 / (3 * Math.sqrt(105))) * (15 - 10 * t2 + t2 * t2);
    case 4:
      return t / Math.sqrt(3);
    case 5:
      return ((2 * t) / Math.sqrt(105)) * (5 - t2);
    case 6:
      return ((4 * t) / (3 * Math.sqrt(1155))) * (35 - 14 * t2 + t2 * t2);
    case 8:
      return t2 / Math.sqrt(15);
    case 9:
      return ((2 * t2) / (3 * Math.sqrt(105))) * (7 - t2);
    case 12:
      return (t2 * t) / Math.sqrt(105);
    default:
      throw new RangeError(`no projector ${i + 1} for l = ${l}`);
  }
}

/** The same derived by t. */
function projectorPolynomialSlope(l: number, i: number, t: number): number {
  const t2 = t * t;
  switch (4 * l + i) {
    case 0:
      return 0;
    case 1:
      return (-4 / Math.sqrt(15)) * t;
    case 2:
      return (4 / (3 * Math.sqrt(105))) * (-20 * t + 4 * t * t2);
    case 4:
      return 1 / Math.sqrt(3);
    case 5:
      return (2 / Math.sqrt(105)) * (5 - 3 * t2);
    case 6:
      return (4 / (3 * Math.sqrt(1155))) * (35 - 42 * t2 + 5 * t2 * t2);
    case 8:
      return (2 * t) / Math.sqrt(15);
    case 9:
      return (2 / (3 * Math.sqrt(105))) * (14 * t - 4 * t * t2);
    case 12:
      return (3 * t2) / Math.sqrt(105);
    default:
      throw new RangeError(`no projector ${i + 1} for l = ${l}`);
  }
}

/** Puts the electrons of each l into shells of 2(2l + 1), the lowest first. */
function fillShells(electronsByL: number[]): Shell[] {
  return electronsByL.flatMap((electrons, l) => {
    const capacity = 2 * (2 * l + 1);
    const shells: Shell[] = [];
    for (let left = electrons, n = 1; left > 0; left -= capacity, n++)
      shells.push({ l, n, electrons: Math.min(left, capacity) });
    return shells;
  });
}
