import type { Backend } from '../backends/backend';
import { type PlaneWaves, structureFactor } from '../basis/plane-waves';
import { realHarmonics } from '../basis/spherical-harmonics';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';

/** The non-local pseudopotential at one k: V_nl = P D P^H with one projector a column of P. */
export interface NonlocalTerm {
  count: number;
  /** <k+G|beta>, count columns of plane waves: (-i)^l Y_lm beta(|k+G|) e^(-i (k+G) tau)/sqrt(volume). */
  projectors: Float64Array;
  /** The atom of every projector. */
  atomOf: Int32Array;
  /** D applied to overlaps <beta|psi>, projectors x orbitals. */
  couple(overlaps: Float64Array, bandCount: number): Float64Array;
  /** out += V_nl psi for a block of orbitals. */
  apply(psi: Float64Array, bandCount: number, out: Float64Array): Promise<void>;
  /** sum_ij <psi|beta_i> D_ij <beta_j|psi> for each orbital, Ha. */
  energies(psi: Float64Array, bandCount: number): Promise<Float64Array>;
}

interface CouplingBlock {
  first: number;
  size: number;
  coupling: Float64Array;
}

export function createNonlocalTerm(
  backend: Pick<Backend, 'gemm'>,
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
): NonlocalTerm {
  const { count: G } = waves;
  const blocks: CouplingBlock[] = [];
  const atoms: number[] = [];
  let count = 0;
  system.speciesOf.forEach((species, atom) => {
    for (const { l, count: size, coupling } of pseudopotentials[species]!.channels) {
      for (let m = 0; m < 2 * l + 1; m++) {
        blocks.push({ first: count, size, coupling });
        count += size;
        for (let i = 0; i < size; i++) atoms.push(atom);
      }
    }
  });
  const projectors = new Float64Array(2 * G * count);
  const forms = pseudopotentials.map((pseudopotential) =>
    projectorForms(pseudopotential, waves, system.lattice.volume),
  );
  let column = 0;
  system.speciesOf.forEach((species, atom) => {
    const phase = structureFactor(waves, system.positions[atom]!);
    for (const { l, real } of forms[species]!) {
      fillColumn(projectors, column++, real, { phase, l });
    }
  });

  const couple = (overlaps: Float64Array, bandCount: number): Float64Array => {
    const coupled = new Float64Array(overlaps.length);
    for (let band = 0; band < bandCount; band++) {
      for (const { first, size, coupling } of blocks) {
        for (let i = 0; i < size; i++) {
          const to = 2 * (band * count + first + i);
          for (let j = 0; j < size; j++) {
            const from = 2 * (band * count + first + j);
            const d = coupling[i * size + j]!;
            coupled[to]! += d * overlaps[from]!;
            coupled[to + 1]! += d * overlaps[from + 1]!;
          }
        }
      }
    }
    return coupled;
  };
  const overlap = async (psi: Float64Array, bandCount: number) => {
    const overlaps = new Float64Array(2 * count * bandCount);
    await backend.gemm('C', 'N', count, bandCount, G, projectors, psi, overlaps);
    return overlaps;
  };
  return {
    count,
    projectors,
    atomOf: Int32Array.from(atoms),
    couple,
    async apply(psi, bandCount, out) {
      if (count === 0) return;
      await backend.gemm(
        'N',
        'N',
        G,
        bandCount,
        count,
        projectors,
        couple(await overlap(psi, bandCount), bandCount),
        out,
        1,
        1,
      );
    },
    async energies(psi, bandCount) {
      const energies = new Float64Array(bandCount);
      if (count === 0) return energies;
      const overlaps = await overlap(psi, bandCount);
      const coupled = couple(overlaps, bandCount);
      for (let band = 0; band < bandCount; band++) {
        for (let p = 2 * band * count; p < 2 * (band + 1) * count; p++) energies[band]! += overlaps[p]! * coupled[p]!;
      }
      return energies;
    },
  };
}

/** Y_lm(k+G) beta_i(|k+G|)/sqrt(volume) of one species: by channel, then m, then i. */
function projectorForms(
  pseudopotential: Pseudopotential,
  waves: PlaneWaves,
  volume: number,
): { l: number; real: Float64Array }[] {
  const forms: { l: number; real: Float64Array }[] = [];
  for (const channel of pseudopotential.channels) {
    const { l, count } = channel;
    const columns = Array.from({ length: (2 * l + 1) * count }, () => new Float64Array(waves.count));
    for (let g = 0; g < waves.count; g++) {
      const q = Math.sqrt(waves.squares[g]!);
      const harmonics = realHarmonics(l, waves.vectors[3 * g]!, waves.vectors[3 * g + 1]!, waves.vectors[3 * g + 2]!);
      for (let i = 0; i < count; i++) {
        const radial = channel.projector(i, q) / Math.sqrt(volume);
        for (let m = 0; m < 2 * l + 1; m++) columns[m * count + i]![g] = harmonics[m]! * radial;
      }
    }
    for (const real of columns) forms.push({ l, real });
  }
  return forms;
}

/** out(column) := (-i)^l real e^(-i (k+G) tau) */
export function fillColumn(
  out: Float64Array,
  column: number,
  real: Float64Array,
  { phase, l }: { phase: Float64Array; l: number },
): void {
  const count = real.length;
  const start = 2 * count * column;
  const [cr, ci] = [
    [1, 0],
    [0, -1],
    [-1, 0],
    [0, 1],
  ][l]! as [number, number];
  for (let g = 0; g < count; g++) {
    const pr = phase[2 * g]!;
    const pi = phase[2 * g + 1]!;
    out[start + 2 * g] = real[g]! * (cr * pr - ci * pi);
    out[start + 2 * g + 1] = real[g]! * (cr * pi + ci * pr);
  }
}

/** The 2l + 1 plane-wave columns of an atomic shell, for the start: the same transform with R(q) in the place of beta(q). */
export function fillAtomicColumns(
  out: Float64Array,
  first: number,
  waves: PlaneWaves,
  { l, radial, phase }: { l: number; radial: Float64Array; phase: Float64Array },
): void {
  const columns = Array.from({ length: 2 * l + 1 }, () => new Float64Array(waves.count));
  for (let g = 0; g < waves.count; g++) {
    const harmonics = realHarmonics(l, waves.vectors[3 * g]!, waves.vectors[3 * g + 1]!, waves.vectors[3 * g + 2]!);
    for (let m = 0; m < 2 * l + 1; m++) columns[m]![g] = harmonics[m]! * radial[g]!;
  }
  for (let m = 0; m < 2 * l + 1; m++) fillColumn(out, first + m, columns[m]!, { phase, l });
}
