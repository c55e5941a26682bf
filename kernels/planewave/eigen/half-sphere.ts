import type { PlaneWaves } from '../basis/plane-waves';

/**
 * Where 2k is a reciprocal vector, time reversal makes orbitals real: c(-G-2k) = c(G)*, so one plane wave of each pair holds both. Here
 * an orbital is sqrt(2) c(G) on the first of each pair; a wave that is its own partner (G = 0 at k = 0) keeps its real coefficient. Then
 * scalar products are the real parts of those of half as many numbers.
 */
export interface HalfSphere {
  /** The first wave of each pair. */
  waves: PlaneWaves;
  /** Places of the two waves of each pair on the whole sphere; equal for one that is its own partner. */
  first: Int32Array;
  second: Int32Array;
}

/** Null where k and -k are different points. */
export function createHalfSphere(whole: PlaneWaves): HalfSphere | null {
  const twice = whole.kpoint.map((x) => Math.round(2 * x));
  if (whole.kpoint.some((x, axis) => Math.abs(2 * x - twice[axis]!) > 1e-9)) return null;
  const { triples, count } = whole;
  const first = new Int32Array(Math.ceil(count / 2));
  const second = new Int32Array(first.length);
  for (let g = 0; g < first.length; g++) {
    // Waves are ordered by triple, and G -> -G-2k turns the order round.
    const partner = count - 1 - g;
    for (let axis = 0; axis < 3; axis++) {
      // A wave on the very edge of the sphere may lose its partner to rounding.
      if (triples[3 * partner + axis]! !== -triples[3 * g + axis]! - twice[axis]!) return null;
    }
    first[g] = g;
    second[g] = partner;
  }
  return { waves: firstWaves(whole, first.length), first, second };
}

function firstWaves(waves: PlaneWaves, count: number): PlaneWaves {
  return {
    kpoint: waves.kpoint,
    count,
    triples: waves.triples.slice(0, 3 * count),
    reach: waves.reach,
    vectors: waves.vectors.slice(0, 3 * count),
    squares: waves.squares.slice(0, count),
    gridIndices: waves.gridIndices.slice(0, count),
  };
}

/** Coefficients on the first waves become those of a half sphere: times sqrt(2), and real where a wave is its own partner. */
export function weighHalf({ first, second }: HalfSphere, columns: Float64Array): void {
  const size = first.length;
  for (let start = 0; start < columns.length; start += 2 * size) {
    for (let h = 0; h < size; h++) {
      const isOwn = first[h] === second[h];
      columns[start + 2 * h]! *= isOwn ? 1 : Math.SQRT2;
      columns[start + 2 * h + 1]! *= isOwn ? 0 : Math.SQRT2;
    }
  }
}

/** Orbitals on the whole sphere: c(G) and c(G)* on each pair. */
export function expandHalf({ first, second }: HalfSphere, half: Float64Array, wholeSize: number): Float64Array {
  const size = first.length;
  const bands = half.length / (2 * size);
  const whole = new Float64Array(2 * wholeSize * bands);
  for (let band = 0; band < bands; band++) {
    const [from, to] = [2 * size * band, 2 * wholeSize * band];
    for (let h = 0; h < size; h++) {
      const [a, b] = [to + 2 * first[h]!, to + 2 * second[h]!];
      const scale = a === b ? 1 : Math.SQRT1_2;
      const re = scale * half[from + 2 * h]!;
      const im = scale * half[from + 2 * h + 1]!;
      whole[b] = re;
      whole[b + 1] = -im;
      whole[a] = re;
      whole[a + 1] = im;
    }
  }
  return whole;
}

/** The real parts of orbitals on the whole sphere (or the imaginary ones): for real orbitals the inverse of `expandHalf`. */
export function restrictHalf(
  { first, second }: HalfSphere,
  whole: Float64Array,
  wholeSize: number,
  part: 'real' | 'imaginary' = 'real',
): Float64Array {
  const size = first.length;
  const bands = whole.length / (2 * wholeSize);
  const half = new Float64Array(2 * size * bands);
  for (let band = 0; band < bands; band++) {
    const [from, to] = [2 * wholeSize * band, 2 * size * band];
    for (let h = 0; h < size; h++) {
      const [a, b] = [from + 2 * first[h]!, from + 2 * second[h]!];
      const scale = a === b ? 0.5 : Math.SQRT1_2;
      // (c + Kc)/2 and (c - Kc)/2i with Kc(G) = c(-G-2k)*.
      if (part === 'real') {
        half[to + 2 * h] = scale * (whole[a]! + whole[b]!);
        half[to + 2 * h + 1] = scale * (whole[a + 1]! - whole[b + 1]!);
      } else {
        half[to + 2 * h] = scale * (whole[a + 1]! + whole[b + 1]!);
        half[to + 2 * h + 1] = scale * (whole[b]! - whole[a]!);
      }
    }
  }
  return half;
}

/** c_1 + i c_2 on the whole sphere for two real orbitals: their values on the grid are its real and imaginary part. */
export function packPair(
  { first, second }: HalfSphere,
  half: Float64Array,
  band: number,
  whole: Float64Array,
  to: number,
): void {
  const size = first.length;
  const one = 2 * size * band;
  const two = one + 2 * size;
  const isPair = two < half.length;
  for (let h = 0; h < size; h++) {
    const [a, b] = [to + 2 * first[h]!, to + 2 * second[h]!];
    const scale = a === b ? 1 : Math.SQRT1_2;
    const re1 = scale * half[one + 2 * h]!;
    const im1 = scale * half[one + 2 * h + 1]!;
    const re2 = isPair ? scale * half[two + 2 * h]! : 0;
    const im2 = isPair ? scale * half[two + 2 * h + 1]! : 0;
    whole[b] = re1 + im2;
    whole[b + 1] = re2 - im1;
    whole[a] = re1 - im2;
    whole[a + 1] = re2 + im1;
  }
}

/** Undoes `packPair`. */
export function unpackPair(
  { first, second }: HalfSphere,
  whole: Float64Array,
  from: number,
  half: Float64Array,
  band: number,
): void {
  const size = first.length;
  const one = 2 * size * band;
  const two = one + 2 * size;
  const isPair = two < half.length;
  for (let h = 0; h < size; h++) {
    const [a, b] = [from + 2 * first[h]!, from + 2 * second[h]!];
    if (a === b) {
      half[one + 2 * h] = whole[a]!;
      half[one + 2 * h + 1] = 0;
      if (isPair) {
        half[two + 2 * h] = whole[a + 1]!;
        half[two + 2 * h + 1] = 0;
      }
      continue;
    }
    half[one + 2 * h] = Math.SQRT1_2 * (whole[a]! + whole[b]!);
    half[one + 2 * h + 1] = Math.SQRT1_2 * (whole[a + 1]! - whole[b + 1]!);
    if (!isPair) continue;
    half[two + 2 * h] = Math.SQRT1_2 * (whole[a + 1]! + whole[b + 1]!);
    half[two + 2 * h + 1] = Math.SQRT1_2 * (whole[b]! - whole[a]!);
  }
}
