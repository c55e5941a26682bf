import { factorLength } from './fft-length';
import type { WasmMemory } from './wasm-memory';

/** Addresses of the tables of one length (layout in assembly/lines.ts). */
export interface LengthTables {
  forward: number;
  inverse: number;
}

/** Makes each length's tables once. */
export class WasmTables {
  private readonly made = new Map<number, LengthTables>();

  constructor(private readonly memory: WasmMemory) {}

  forLength(length: number): LengthTables {
    this.memory.begin();
    const known = this.made.get(length);
    if (known) return known;
    const tables = { forward: this.write(length, -1), inverse: this.write(length, 1) };
    this.made.set(length, tables);
    return tables;
  }

  private write(length: number, sign: 1 | -1): number {
    const radices = factorLength(length);
    const header = 16 + 8 * radices.length;
    const twiddles = radices.map((radix, pass) => {
      const rest = length / radices.slice(0, pass).reduce((product, r) => product * r, 1);
      return passTwiddles(rest, radix, sign);
    });
    const total = twiddles.reduce((sum, list) => sum + list.length, 0);
    const table = this.memory.takeLasting(header + 8 * total);
    this.memory.integers(table, 2).set([length, radices.length]);
    this.memory.floats(table + 8, 1)[0] = sign;
    let address = table + header;
    radices.forEach((radix, pass) => {
      this.memory.integers(table + 16 + 8 * pass, 2).set([radix, address]);
      this.memory.floats(address, twiddles[pass]!.length).set(twiddles[pass]!);
      address += 8 * twiddles[pass]!.length;
    });
    return table;
  }
}

/** w^(p r), w = exp(sign 2 pi i/length), p < length/radix, 0 < r < radix, each as (re, re, -im, im). */
function passTwiddles(length: number, radix: number, sign: number): number[] {
  const values: number[] = [];
  for (let p = 0; p < length / radix; p++) {
    for (let r = 1; r < radix; r++) {
      const angle = (2 * Math.PI * ((p * r) % length)) / length;
      const re = Math.cos(angle);
      const im = sign * Math.sin(angle);
      values.push(re, re, -im, im);
    }
  }
  return values;
}
