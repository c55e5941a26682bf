/**
 * A pattern as lines on the scale of ln d, d the spacing in angstrom: there an expansion of the crystal shifts all lines alike, and nothing
 * depends on the wavelength. Weights are square roots of intensities, so that preferred orientation counts for less. Ascending in ln d.
 */
export interface LogLines {
  logSpacings: ArrayLike<number>;
  weights: ArrayLike<number>;
}

export interface PatternScore {
  /** From 0 to 1. */
  score: number;
  /** By which the candidate's lengths were multiplied to fit. */
  scale: number;
}

/** Standard deviation of a line, relative to its spacing: 0.15 degrees of 2 theta at 30 degrees. */
const LINE_WIDTH = 0.005;
/** Computed cells differ from measured ones by up to about so much. */
const LARGEST_STRAIN = 0.02;
const STRAIN_STEP = LINE_WIDTH / 2;

/**
 * How alike two patterns are: the cosine between them,
 *   <p, q> / sqrt(<p, p> <q, q>),  <p, q> = sum_ij sqrt(I_i J_j) exp(-(ln d_i - ln d_j)^2 / (4 sigma^2)),
 * each line a Gaussian of sigma = 0.5 % of d, and the best over an expansion of the second by up to 2 %. 1 for equal patterns, 0 where no
 * line meets another.
 */
export function patternScore(measured: LogLines, candidate: LogLines): PatternScore {
  const norm = Math.sqrt(overlap(measured, measured, 0) * overlap(candidate, candidate, 0));
  let best: PatternScore = { score: 0, scale: 1 };
  if (!(norm > 0)) return best;
  const steps = Math.round(LARGEST_STRAIN / STRAIN_STEP);
  for (let step = -steps; step <= steps; step++) {
    const score = overlap(measured, candidate, step * STRAIN_STEP) / norm;
    if (score > best.score) best = { score, scale: Math.exp(step * STRAIN_STEP) };
  }
  return { ...best, score: Math.min(1, best.score) };
}

/** With the lines of q moved by `shift`. */
function overlap(p: LogLines, q: LogLines, shift: number): number {
  const reach = 6 * LINE_WIDTH;
  const scale = 1 / (4 * LINE_WIDTH ** 2);
  const { length } = q.logSpacings;
  let sum = 0;
  let first = 0;
  for (let i = 0; i < p.logSpacings.length; i++) {
    const place = p.logSpacings[i]! - shift;
    while (first < length && q.logSpacings[first]! < place - reach) first++;
    for (let j = first; j < length && q.logSpacings[j]! <= place + reach; j++)
      sum += p.weights[i]! * q.weights[j]! * Math.exp(-scale * (q.logSpacings[j]! - place) ** 2);
  }
  return sum;
}
