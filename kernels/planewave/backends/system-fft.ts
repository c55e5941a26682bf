import type { FftPlan } from './backend';
import { disposedError } from './disposed';
import { factorLength } from './fft-length';
import { HeldPotential } from './held-potential';
import { SystemSphere } from './system-sphere';
import type { WasmModule } from './wasm-module';

/** The wasm module and its own transforms. */
export interface WasmFft {
  module: WasmModule;
  planFft(n: readonly [number, number, number]): FftPlan;
}

/** FFTW's guru interface through the foreign function interface; arrays stand for pointers, plans are opaque. */
export interface FftwFunctions {
  plan(
    rank: number,
    dims: Int32Array,
    loopRank: number,
    loops: Int32Array,
    input: Float64Array,
    output: Float64Array,
    sign: number,
    flags: number,
  ): unknown;
  execute(plan: unknown, input: Float64Array, output: Float64Array): void;
  alignmentOf(data: Float64Array): number;
  destroy(plan: unknown): void;
}

/** Measuring takes 0.05 to 0.2 s a plan, too much for small cells; and it may end otherwise next time, and the last digits with it. */
const FFTW_ESTIMATE = 64;

/** A transform: { length, stride } of its axes, { count, stride } of the loops around it, strides in complex numbers. */
export interface TransformShape {
  axes: { length: number; stride: number }[];
  loops: { count: number; stride: number }[];
}

/** A planned transform of aligned data, in place. */
export type Transform = (data: Float64Array) => void;

/** Makes plans for transforms in place, each shape once, and gives them all back in `dispose`. */
export class FftwPlans {
  private readonly made = new Map<string, unknown>();
  private isDisposed = false;

  constructor(private readonly fftw: FftwFunctions) {}

  /** Complex numbers with the alignment that the plans expect. */
  allocate(complexCount: number): Float64Array {
    const room = new Float64Array(2 * complexCount + 1);
    return this.isAligned(room) ? room.subarray(0, 2 * complexCount) : room.subarray(1);
  }

  isAligned(data: Float64Array): boolean {
    return this.fftw.alignmentOf(data) === 0;
  }

  /** Sign -1 is forward. */
  prepare(shape: TransformShape, sign: 1 | -1): Transform {
    this.requireOpen();
    const plan = this.planFor(shape, sign);
    return (data) => {
      // A destroyed plan would take the process with it.
      this.requireOpen();
      this.fftw.execute(plan, data, data);
    };
  }

  requireOpen(): void {
    if (this.isDisposed) throw disposedError();
  }

  dispose(): void {
    this.isDisposed = true;
    for (const plan of this.made.values()) this.fftw.destroy(plan);
    this.made.clear();
  }

  private planFor(shape: TransformShape, sign: 1 | -1): unknown {
    const key = JSON.stringify([shape, sign]);
    const known = this.made.get(key);
    if (known) return known;
    const axes = Int32Array.from(shape.axes.flatMap(({ length, stride }) => [length, stride, stride]));
    const loops = Int32Array.from(shape.loops.flatMap(({ count, stride }) => [count, stride, stride]));
    // Estimating looks at the place of the data only, not at the data.
    const place = this.allocate(1);
    const { length: rank } = shape.axes;
    const plan = this.fftw.plan(rank, axes, shape.loops.length, loops, place, place, sign, FFTW_ESTIMATE);
    this.made.set(key, plan);
    return plan;
  }
}

/** Lengths that FFTW transforms in one piece of straight code. Others it composes, and without measuring first it does not do so well. */
const SINGLE_PIECE = new Set([1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25, 32, 64]);

/**
 * Whole grids in the arrays they come in. Orbitals in the memory of the wasm module: by FFTW where it is quick, a third to a half of the
 * time, else by the module itself.
 */
export function planSystemFft(plans: FftwPlans, n: readonly [number, number, number], wasm: WasmFft): FftPlan {
  n.forEach(factorLength);
  const axes = [
    { length: n[0], stride: n[1] * n[2] },
    { length: n[1], stride: n[2] },
    { length: n[2], stride: 1 },
  ];
  const open = (sign: 1 | -1): Transform => {
    const transform = plans.prepare({ axes, loops: [] }, sign);
    return (data) => {
      if (plans.isAligned(data)) {
        transform(data);
        return;
      }
      const copy = plans.allocate(n[0] * n[1] * n[2]);
      copy.set(data);
      transform(copy);
      data.set(copy);
    };
  };
  if (!n.every((length) => SINGLE_PIECE.has(length))) {
    return { n, forward: open(-1), inverse: open(1), sphere: wasm.planFft(n).sphere };
  }
  const potential = new HeldPotential(wasm.module.memory, n[0] * n[1] * n[2]);
  return {
    n,
    forward: open(-1),
    inverse: open(1),
    sphere: (indices) => new SystemSphere(wasm.module, plans, n, indices, potential),
  };
}
