import { sha256Hex } from '../core/sha256';
import type { Structure } from './schema';

/**
 * "s1:" and the SHA-256 of the structure's canonical bytes: IEEE doubles (little endian), counts as 32-bit integers, strings
 * as UTF-8 with their length, in the order of the fields of `Structure`. No tolerance: two structures share a hash only when equal to the last bit.
 */
export function structureHash(structure: Structure): string {
  return `s1:${sha256Hex(canonicalBytes(structure))}`;
}

function canonicalBytes({ cellAngstrom, periodic, sites }: Structure): Uint8Array {
  const bytes = new ByteWriter();
  bytes.integer(cellAngstrom ? 1 : 0);
  cellAngstrom?.flat().forEach((x) => void bytes.double(x));
  for (const isPeriodic of periodic) bytes.integer(isPeriodic ? 1 : 0);
  bytes.integer(sites.length);
  for (const site of sites) {
    bytes.integer(site.species.length);
    for (const { element, concentration } of site.species) {
      bytes.text(element);
      bytes.double(concentration);
    }
    for (const x of site.position) bytes.double(x);
    bytes.optional(site.label, (label) => bytes.text(label));
    bytes.optional(site.momentBohrMagneton, (x) => bytes.double(x));
    bytes.optional(site.chargeE, (x) => bytes.double(x));
    bytes.optional(site.massU, (x) => bytes.double(x));
  }
  return bytes.finish();
}

class ByteWriter {
  private buffer = new Uint8Array(1024);
  private length = 0;
  private readonly encoder = new TextEncoder();

  integer(value: number): void {
    this.room(4).setInt32(this.length, value, true);
    this.length += 4;
  }

  double(value: number): void {
    this.room(8).setFloat64(this.length, value + 0, true);
    this.length += 8;
  }

  text(value: string): void {
    const encoded = this.encoder.encode(value);
    this.integer(encoded.length);
    this.room(encoded.length);
    this.buffer.set(encoded, this.length);
    this.length += encoded.length;
  }

  optional<T>(value: T | undefined, write: (value: T) => void): void {
    this.integer(value === undefined ? 0 : 1);
    if (value !== undefined) write(value);
  }

  finish(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private room(count: number): DataView {
    if (this.length + count > this.buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.length + count));
      larger.set(this.buffer);
      this.buffer = larger;
    }
    return new DataView(this.buffer.buffer);
  }
}
