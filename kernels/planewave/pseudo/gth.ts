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
  /** sqrt(pi/2) r_loc P(t) of eq. 5 and its derivative by t^2. */
  const polynomial = (t2: number) => ({
    value:
      Math.sqrt(Math.PI / 2) *
      r *
      (c1 + c2 * (3 - t2) + c3 * (15 - 10 * t2 + t2 * t2) + c4 * (105 - 105 * t2 + 21 * t2 * t2 - t2 * t2 * t2)),
    slope: Math.sqrt(Math.PI / 2) * r * (-c2 + c3 * (2 * t2 - 10) + c4 * (-105 + 42 * t2 - 3 * t2 * t2)),
  });
  return {
    element: parameters.element,
    name: parameters.name,
    valence,
    local(q) {
      const t2 = (q * r) ** 2;
      return ((4 * Math.PI * r * r * Math.exp(-t2 / 2)) / t2) * (-valence + t2 * polynomial(t2).value);
    },
    localSlope(q) {
      // d/dq = 2 q r^2 d/dt^2 of e^(-t^2/2) (P - Z/t^2).
      const t2 = (q * r) ** 2;
      const { value, slope } = polynomial(t2);
      const byT2 = slope + valence / (t2 * t2) - (value - valence / t2) / 2;
      return 4 * Math.PI * r * r * Math.exp(-t2 / 2) * byT2 * 2 * q * r * r;
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
      return (
        prefactor *
        radius *
        Math.exp((-t * t) / 2) *
        (projectorPolynomialSlope(l, i, t) - t * projectorPolynomial(l, i, t))
      );
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

/** Their derivatives by t. */
function projectorPolynomialSlope(l: number, i: number, t: number): number {
  const t2 = t * t;
  switch (4 * l + i) {
    case 0:
      return 0;
    case 1:
      return (-4 / Math.sqrt(15)) * t;
    case 2:
      return (4 / (3 * Math.sqrt(105))) * (-20 * t + 4 * t2 * t);
    case 4:
      return 1 / Math.sqrt(3);
    case 5:
      return (2 / Math.sqrt(105)) * (5 - 3 * t2);
    case 6:
      return (4 / (3 * Math.sqrt(1155))) * (35 - 42 * t2 + 5 * t2 * t2);
    case 8:
      return (2 * t) / Math.sqrt(15);
    case 9:
      return ((4 * t) / (3 * Math.sqrt(105))) * (7 - 2 * t2);
    case 12:
      return (3 * t2) / Math.sqrt(105);
    default:
      throw new RangeError(`no projector ${i + 1} for l = ${l}`);
  }
}

/** Puts the electrons of each l into shells of 2(2l + 1), the lowest first. */
export function fillShells(electronsByL: number[]): Shell[] {
  return electronsByL.flatMap((electrons, l) => {
    const capacity = 2 * (2 * l + 1);
    const shells: Shell[] = [];
    for (let left = electrons, n = 1; left > 0; left -= capacity, n++)
      shells.push({ l, n, electrons: Math.min(left, capacity) });
    return shells;
  });
}
