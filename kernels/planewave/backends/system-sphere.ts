import type { SphereTransform } from './backend';
import type { FftwPlans, Transform } from './system-fft';

/**
 * Orbitals go through two stages, so that most work stays in the cache. The box holds, for every point of axis 0, the
 * places of axes 1 and 2 that have plane waves (a quarter of the grid where the grid is twice the sphere); all its
 * transforms along axis 0 are one plan. Then each slab, one point of axis 0, is completed along axes 1 and 2.
 */
export class SystemSphere implements SphereTransform {
  readonly size: number;
  private readonly layout: BoxLayout;
  private readonly box: Float64Array;
  private readonly slab: Float64Array;
  private readonly inverse: Stages;
  private readonly forward: Stages;

  constructor(
    plans: FftwPlans,
    private readonly n: readonly [number, number, number],
    indices: Int32Array,
  ) {
    this.size = indices.length;
    this.layout = layoutBox(n, indices);
    this.box = plans.allocate(n[0] * this.layout.cells.length);
    this.slab = plans.allocate(n[1] * n[2]);
    this.inverse = planStages(plans, n, this.layout, 1);
    this.forward = planStages(plans, n, this.layout, -1);
  }

  applyPotential(potential: Float64Array, psi: Float64Array, bandCount: number, out: Float64Array): void {
    const { slab } = this;
    const scale = 1 / (this.n[0] * this.n[1] * this.n[2]);
    for (let band = 0; band < bandCount; band++) {
      this.scatter(psi, band);
      for (let i = 0; i < this.n[0]; i++) {
        this.boxToSlab(i);
        multiplyByReal(slab, potential, (i * slab.length) / 2);
        this.slabToBox(i);
      }
      this.gather(out, band, scale);
    }
  }

  accumulateDensity(psi: Float64Array, bandCount: number, weights: Float64Array, density: Float64Array): void {
    const { slab } = this;
    for (let band = 0; band < bandCount; band++) {
      const weight = weights[band]!;
      if (weight === 0) continue;
      this.scatter(psi, band);
      for (let i = 0; i < this.n[0]; i++) {
        this.boxToSlab(i);
        addDensity(density, (i * slab.length) / 2, weight, slab);
      }
    }
  }

  toGrid(psi: Float64Array, out: Float64Array): void {
    this.scatter(psi, 0);
    for (let i = 0; i < this.n[0]; i++) {
      this.boxToSlab(i);
      out.set(this.slab, i * this.slab.length);
    }
  }

  fromGrid(grid: Float64Array, out: Float64Array): void {
    const { slab } = this;
    for (let i = 0; i < this.n[0]; i++) {
      slab.set(grid.subarray(i * slab.length, (i + 1) * slab.length));
      this.slabToBox(i);
    }
    this.gather(out, 0, 1);
  }

  /** psi to the box, and along axis 0. */
  private scatter(psi: Float64Array, band: number): void {
    const { box } = this;
    const { positions } = this.layout;
    const start = 2 * this.size * band;
    box.fill(0);
    for (let i = 0; i < positions.length; i++) {
      const at = 2 * positions[i]!;
      box[at] = psi[start + 2 * i]!;
      box[at + 1] = psi[start + 2 * i + 1]!;
    }
    this.inverse.box(box);
  }

  private gather(out: Float64Array, band: number, scale: number): void {
    const { box } = this;
    const { positions } = this.layout;
    const start = 2 * this.size * band;
    this.forward.box(box);
    for (let i = 0; i < positions.length; i++) {
      const at = 2 * positions[i]!;
      out[start + 2 * i] = scale * box[at]!;
      out[start + 2 * i + 1] = scale * box[at + 1]!;
    }
  }

  private boxToSlab(i: number): void {
    const { slab } = this;
    slab.fill(0);
    copyBoxToSlab(slab, this.box, this.layout.cells, i);
    for (const { start, transform } of this.inverse.columns) transform(slab.subarray(2 * start));
    this.inverse.rows(slab);
  }

  private slabToBox(i: number): void {
    const { slab } = this;
    this.forward.rows(slab);
    for (const { start, transform } of this.forward.columns) transform(slab.subarray(2 * start));
    copySlabToBox(this.box, slab, this.layout.cells, i);
  }
}

// Loops of their own, so that the compiler sees plain arrays.

function multiplyByReal(slab: Float64Array, potential: Float64Array, start: number): void {
  const count = slab.length / 2;
  for (let j = 0; j < count; j++) {
    const v = potential[start + j]!;
    slab[2 * j]! *= v;
    slab[2 * j + 1]! *= v;
  }
}

function addDensity(density: Float64Array, start: number, weight: number, slab: Float64Array): void {
  const count = slab.length / 2;
  for (let j = 0; j < count; j++) {
    density[start + j]! += weight * (slab[2 * j]! * slab[2 * j]! + slab[2 * j + 1]! * slab[2 * j + 1]!);
  }
}

function copyBoxToSlab(slab: Float64Array, box: Float64Array, cells: Int32Array, i: number): void {
  for (let cell = 0, from = 2 * cells.length * i; cell < cells.length; cell++, from += 2) {
    const to = 2 * cells[cell]!;
    slab[to] = box[from]!;
    slab[to + 1] = box[from + 1]!;
  }
}

function copySlabToBox(box: Float64Array, slab: Float64Array, cells: Int32Array, i: number): void {
  for (let cell = 0, to = 2 * cells.length * i; cell < cells.length; cell++, to += 2) {
    const from = 2 * cells[cell]!;
    box[to] = slab[from]!;
    box[to + 1] = slab[from + 1]!;
  }
}

interface BoxLayout {
  /** Places in a slab that the box keeps: all pairs of a used point of axis 1 and one of axis 2. */
  cells: Int32Array;
  /** Unbroken runs of used points of axis 2. */
  runs: { start: number; count: number }[];
  /** Place of each plane wave in the box. */
  positions: Int32Array;
}

function layoutBox(n: readonly [number, number, number], indices: Int32Array): BoxLayout {
  const area = n[1] * n[2];
  const rows = distinct(indices, (index) => Math.floor((index % area) / n[2]));
  const columns = distinct(indices, (index) => index % n[2]);
  const cells = Int32Array.from(rows.flatMap((row) => columns.map((column) => row * n[2] + column)));
  const placeOf = new Int32Array(area);
  cells.forEach((cell, place) => {
    placeOf[cell] = place;
  });
  const positions = indices.map((index) => Math.floor(index / area) * cells.length + placeOf[index % area]!);
  const runs: BoxLayout['runs'] = [];
  for (const column of columns) {
    const last = runs.at(-1);
    if (last && last.start + last.count === column) last.count++;
    else runs.push({ start: column, count: 1 });
  }
  return { cells, runs, positions };
}

function distinct(values: Int32Array, key: (value: number) => number): number[] {
  return [...new Set(values.map(key))].sort((a, b) => a - b);
}

interface Stages {
  box: Transform;
  columns: { start: number; transform: Transform }[];
  rows: Transform;
}

function planStages(plans: FftwPlans, n: readonly [number, number, number], layout: BoxLayout, sign: 1 | -1): Stages {
  const cellCount = layout.cells.length;
  const boxAxis = { length: n[0], stride: cellCount };
  return {
    box: plans.prepare({ axes: [boxAxis], loops: [{ count: cellCount, stride: 1 }] }, sign),
    columns: layout.runs.map(({ start, count }) => ({
      start,
      transform: plans.prepare({ axes: [{ length: n[1], stride: n[2] }], loops: [{ count, stride: 1 }] }, sign),
    })),
    rows: plans.prepare({ axes: [{ length: n[2], stride: 1 }], loops: [{ count: n[1], stride: n[2] }] }, sign),
  };
}
