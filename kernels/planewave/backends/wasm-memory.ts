import { disposedError } from './disposed';

/**
 * The memory of the wasm module as an arena: lasting tables from the bottom, and above them what one call needs,
 * which the next call overwrites.
 */
export class WasmMemory {
  private used: number;
  private isClosed = false;

  constructor(
    private readonly memory: WasmPages,
    private lasting: number,
  ) {
    this.used = this.lasting = align(lasting);
  }

  /** Frees what the last call took. Each call that takes memory begins with this; it throws after close(). */
  begin(): void {
    if (this.isClosed) throw disposedError();
    this.used = this.lasting;
  }

  /** Bytes for this call; returns their address. Growing detaches older views: take all first, then look. */
  take(bytes: number): number {
    const address = this.used;
    this.used = align(address + bytes);
    const missing = this.used - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    return address;
  }

  /** Bytes that stay until the module goes. */
  takeLasting(bytes: number): number {
    this.begin();
    const address = this.take(bytes);
    this.lasting = this.used;
    return address;
  }

  /** No call takes memory any more. The pages themselves go with the last reference to the module. */
  close(): void {
    this.isClosed = true;
  }

  floats(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }
}

/** What we use of WebAssembly.Memory. */
export interface WasmPages {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const PAGE_BYTES = 65536;

/** Whole cache lines. */
function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
