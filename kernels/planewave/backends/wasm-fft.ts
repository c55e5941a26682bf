import type { FftPlan, SphereTransform } from './backend';
import { HeldPotential } from './held-potential';
import { layoutSphere } from './sphere-layout';
import type { WasmModule } from './wasm-module';
import type { LengthTables, WasmTables } from './wasm-tables';

const COMPLEX_BYTES = 16;
/** Lines transformed together, BATCH in assembly/lines.ts, and the two buffers they need. */
const BATCH = 8;
const BUFFERS = 2;

type Grid = readonly [number, number, number];

export function planWasmFft(module: WasmModule, tables: WasmTables, n: Grid): FftPlan {
  const axes = n.map((length) => tables.forLength(length));
  const potential = new HeldPotential(module.memory, n[0] * n[1] * n[2]);
  const transform = (data: Float64Array, direction: keyof LengthTables) => {
    const { memory, functions } = module;
    memory.begin();
    const grid = memory.take(n[0] * n[1] * n[2] * COMPLEX_BYTES);
    const scratch = takeScratch(module, n);
    const size = 2 * n[0] * n[1] * n[2];
    memory.floats(grid, size).set(data);
    functions.transformRows(axes[2]![direction], grid, 0, n[0] * n[1], scratch);
    functions.transformColumns(axes[1]![direction], grid, n[2], n[0], scratch);
    functions.transformColumns(axes[0]![direction], grid, n[1] * n[2], 1, scratch);
    data.set(memory.floats(grid, size));
  };
  return {
    n,
    forward: (data) => transform(data, 'forward'),
    inverse: (data) => transform(data, 'inverse'),
    sphere: (indices) => new WasmSphere(module, axes, n, indices, potential),
  };
}

/** Transforms lines of axis 2 that hold plane waves, then planes of axis 0 that do, then all columns; and back. */
class WasmSphere implements SphereTransform {
  readonly size: number;
  private readonly layout;
  private readonly area: number;

  constructor(
    private readonly module: WasmModule,
    private readonly axes: LengthTables[],
    private readonly n: Grid,
    indices: Int32Array,
    private readonly potential: HeldPotential,
  ) {
    this.size = indices.length;
    this.layout = layoutSphere(n, indices);
    this.area = n[1] * n[2];
  }

  applyPotential(potential: Float64Array, psi: Float64Array, bandCount: number, out: Float64Array): void {
    const { functions } = this.module;
    const V = this.potential.addressOf(potential);
    const place = this.begin();
    for (let band = 0; band < bandCount; band++) {
      this.orbitalToPlanes(place, band, psi);
      const [inverse, forward] = [this.axes[0]!.inverse, this.axes[0]!.forward];
      const { work, planes, scratch } = place;
      functions.multiplyColumns(inverse, forward, work, planes, this.layout.planes.length, this.area, V, scratch);
      this.planesToOrbital(place, band, out);
    }
  }

  accumulateDensity(psi: Float64Array, bandCount: number, weights: Float64Array, density: Float64Array): void {
    const { functions, memory } = this.module;
    const place = this.begin();
    const rho = memory.take(8 * density.length);
    memory.floats(rho, density.length).set(density);
    const { work, planes, scratch } = place;
    for (let band = 0; band < bandCount; band++) {
      if (weights[band] === 0) continue;
      this.orbitalToPlanes(place, band, psi);
      const { inverse } = this.axes[0]!;
      const planeCount = this.layout.planes.length;
      functions.accumulateColumns(inverse, work, planes, planeCount, this.area, weights[band]!, rho, scratch);
    }
    density.set(memory.floats(rho, density.length));
  }

  toGrid(psi: Float64Array, out: Float64Array): void {
    const { functions, memory } = this.module;
    const place = this.begin();
    const grid = memory.take(8 * out.length);
    this.orbitalToPlanes(place, 0, psi);
    const { work, planes, scratch } = place;
    functions.columnsToGrid(this.axes[0]!.inverse, work, planes, this.layout.planes.length, this.area, grid, scratch);
    out.set(memory.floats(grid, out.length));
  }

  fromGrid(grid: Float64Array, out: Float64Array): void {
    const { functions, memory } = this.module;
    const place = this.begin();
    const copy = memory.take(8 * grid.length);
    memory.floats(copy, grid.length).set(grid);
    const { work, planes, scratch } = place;
    functions.gridToColumns(this.axes[0]!.forward, copy, planes, this.layout.planes.length, this.area, work, scratch);
    this.planesToOrbital(place, 0, out);
  }

  private begin() {
    const { memory } = this.module;
    const { planes, lines, positions } = this.layout;
    memory.begin();
    const place = {
      planes: memory.take(4 * planes.length),
      lines: memory.take(4 * lines.length),
      positions: memory.take(4 * positions.length),
      orbital: memory.take(this.size * COMPLEX_BYTES),
      work: memory.take(planes.length * this.area * COMPLEX_BYTES),
      scratch: takeScratch(this.module, this.n),
    };
    memory.integers(place.planes, planes.length).set(planes);
    memory.integers(place.lines, lines.length).set(lines);
    memory.integers(place.positions, positions.length).set(positions);
    return place;
  }

  private orbitalToPlanes(place: Place, band: number, psi: Float64Array): void {
    const { functions, memory } = this.module;
    const { orbital, positions, work, lines, scratch } = place;
    const planeCount = this.layout.planes.length;
    memory.floats(orbital, 2 * this.size).set(psi.subarray(2 * this.size * band, 2 * this.size * (band + 1)));
    functions.scatter(orbital, positions, this.size, work, planeCount * this.area);
    functions.transformRows(this.axes[2]!.inverse, work, lines, this.layout.lines.length, scratch);
    functions.transformColumns(this.axes[1]!.inverse, work, this.n[2], planeCount, scratch);
  }

  private planesToOrbital(place: Place, band: number, out: Float64Array): void {
    const { functions, memory } = this.module;
    const { orbital, positions, work, lines, scratch } = place;
    functions.transformColumns(this.axes[1]!.forward, work, this.n[2], this.layout.planes.length, scratch);
    functions.transformRows(this.axes[2]!.forward, work, lines, this.layout.lines.length, scratch);
    functions.gather(orbital, positions, this.size, work);
    out.set(memory.floats(orbital, 2 * this.size), 2 * this.size * band);
  }
}

type Place = Record<'planes' | 'lines' | 'positions' | 'orbital' | 'work' | 'scratch', number>;

function takeScratch(module: WasmModule, n: Grid): number {
  return module.memory.take(Math.max(...n) * BATCH * BUFFERS * COMPLEX_BYTES);
}
