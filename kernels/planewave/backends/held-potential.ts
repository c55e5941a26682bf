import type { WasmMemory } from './wasm-memory';

/** V/N of a grid in the module's memory, written once for all the orbitals that meet the same potential. */
export class HeldPotential {
  private address = 0;
  private held: Float64Array | null = null;

  constructor(
    private readonly memory: WasmMemory,
    private readonly points: number,
  ) {}

  addressOf(potential: Float64Array): number {
    if (this.held === potential) return this.address;
    const { memory, points } = this;
    this.address ||= memory.takeLasting(8 * points);
    const scaled = memory.floats(this.address, points);
    for (let i = 0; i < points; i++) scaled[i] = potential[i]! / points;
    this.held = potential;
    return this.address;
  }
}
