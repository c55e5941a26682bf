import type { SphereTransform } from './backend';
import type { HeldPotential } from './held-potential';
import type { FftwPlans, Transform, TransformShape } from './system-fft';
import type { WasmModule } from './wasm-module';

const COMPLEX_BYTES = 16;

/** Transforms of a part of the grid that starts at the complex number `first`. */
interface Step {
  first: number;
  inverse: Transform;
  forward: Transform;
}

/**
 * Orbitals by FFTW, in the memory of the wasm module, which spreads them over the grid and multiplies there. Of the lines of axis 2 those
 * in the rectangles that hold plane waves are transformed, of those of axis 1 those in such planes, of axis 0 all.
 */
export class SystemSphere implements SphereTransform {
  readonly size: number;
  private readonly points: number;
  /** From plane waves to the grid. */
  private readonly steps: Step[];

  constructor(
    private readonly module: WasmModule,
    plans: FftwPlans,
    n: readonly [number, number, number],
    private readonly indices: Int32Array,
    private readonly potential: HeldPotential,
  ) {
    this.size = indices.length;
    this.points = n[0] * n[1] * n[2];
    this.steps = stepsOf(n, indices).map(({ first, shape }) => ({
      first,
      inverse: plans.prepare(shape, 1),
      forward: plans.prepare(shape, -1),
    }));
  }

  applyPotential(potential: Float64Array, psi: Float64Array, bandCount: number, out: Float64Array): void {
    const V = this.potential.addressOf(potential);
    const place = this.begin();
    for (let band = 0; band < bandCount; band++) {
      this.orbitalToGrid(place, psi, band);
      this.module.functions.multiplyGrid(place.grid, V, this.points);
      this.gridToOrbital(place, out, band);
    }
  }

  accumulateDensity(psi: Float64Array, bandCount: number, weights: Float64Array, density: Float64Array): void {
    const { functions, memory } = this.module;
    const place = this.begin(8 * this.points);
    memory.floats(place.more, this.points).set(density);
    for (let band = 0; band < bandCount; band++) {
      if (weights[band] === 0) continue;
      this.orbitalToGrid(place, psi, band);
      functions.accumulateGrid(place.grid, weights[band]!, place.more, this.points);
    }
    density.set(memory.floats(place.more, this.points));
  }

  toGrid(psi: Float64Array, out: Float64Array): void {
    const place = this.begin();
    this.orbitalToGrid(place, psi, 0);
    out.set(place.whole);
  }

  fromGrid(grid: Float64Array, out: Float64Array): void {
    const place = this.begin();
    place.whole.set(grid);
    this.gridToOrbital(place, out, 0);
  }

  /** Room for one call, with `moreBytes` beside the grid. */
  private begin(moreBytes = 0) {
    const { memory } = this.module;
    memory.begin();
    const positions = memory.take(4 * this.size);
    const orbital = memory.take(this.size * COMPLEX_BYTES);
    const grid = memory.take(this.points * COMPLEX_BYTES);
    const more = memory.take(moreBytes);
    memory.integers(positions, this.size).set(this.indices);
    const whole = memory.floats(grid, 2 * this.points);
    return {
      positions,
      orbital,
      coefficients: memory.floats(orbital, 2 * this.size),
      grid,
      whole,
      parts: this.steps.map(({ first }) => whole.subarray(2 * first)),
      more,
    };
  }

  private orbitalToGrid({ positions, orbital, coefficients, grid, parts }: Place, psi: Float64Array, band: number) {
    coefficients.set(psi.subarray(2 * this.size * band, 2 * this.size * (band + 1)));
    this.module.functions.scatter(orbital, positions, this.size, grid, this.points);
    for (let i = 0; i < parts.length; i++) this.steps[i]!.inverse(parts[i]!);
  }

  private gridToOrbital({ positions, orbital, coefficients, grid, parts }: Place, out: Float64Array, band: number) {
    for (let i = parts.length - 1; i >= 0; i--) this.steps[i]!.forward(parts[i]!);
    this.module.functions.gather(orbital, positions, this.size, grid);
    out.set(coefficients, 2 * this.size * band);
  }
}

type Place = ReturnType<SystemSphere['begin']>;

function stepsOf(
  n: readonly [number, number, number],
  indices: Int32Array,
): { first: number; shape: TransformShape }[] {
  const area = n[1] * n[2];
  const planes = new Uint8Array(n[0]);
  const rows = new Uint8Array(n[1]);
  for (const index of indices) {
    planes[Math.floor(index / area)] = 1;
    rows[Math.floor((index % area) / n[2])] = 1;
  }
  const planeRuns = runsOf(planes);
  return [
    ...planeRuns.flatMap((plane) =>
      runsOf(rows).map((row) => ({
        first: plane.first * area + row.first * n[2],
        shape: {
          axes: [{ length: n[2], stride: 1 }],
          loops: [
            { count: plane.count, stride: area },
            { count: row.count, stride: n[2] },
          ],
        },
      })),
    ),
    ...planeRuns.map(({ first, count }) => ({
      first: first * area,
      shape: {
        axes: [{ length: n[1], stride: n[2] }],
        loops: [
          { count, stride: area },
          { count: n[2], stride: 1 },
        ],
      },
    })),
    { first: 0, shape: { axes: [{ length: n[0], stride: area }], loops: [{ count: area, stride: 1 }] } },
  ];
}

/** Runs of neighbours that are marked: one, or two where a sphere lies around the origin. */
function runsOf(marks: Uint8Array): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (let i = 0; i < marks.length; i++) {
    if (!marks[i]) continue;
    if (i > 0 && marks[i - 1]) runs.at(-1)!.count++;
    else runs.push({ first: i, count: 1 });
  }
  return runs;
}
