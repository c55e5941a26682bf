import type { NumericArray } from './arrays';
import { KernelError } from './errors';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/** Bytes of a NumPy `.npy` file, format version 1.0, little-endian, C order (numpy.lib.format). */
export function encodeNpy(array: NumericArray): Uint8Array {
  const shape = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(', ')})`;
  const descriptor = `{'descr': '<${array.dtype}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padding = 63 - ((MAGIC.length + 2 + descriptor.length) % 64);
  const header = `${descriptor}${' '.repeat(padding)}\n`;
  const start = MAGIC.length + 2 + header.length;
  const bytes = new Uint8Array(start + array.data.byteLength);
  bytes.set(MAGIC);
  bytes[8] = header.length & 255;
  bytes[9] = header.length >> 8;
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength), start);
  return bytes;
}

/** The array in a `.npy` file; throws npy-invalid for anything that encodeNpy could not have written. */
export function decodeNpy(bytes: Uint8Array): NumericArray {
  const invalid = (why: string) => new KernelError('npy-invalid', `This is not a readable .npy array: ${why}.`);
  if (bytes.length < 10 || MAGIC.slice(0, 7).some((byte, i) => bytes[i] !== byte))
    throw invalid('the magic bytes are missing');
  const headerLength = bytes[8]! + 256 * bytes[9]!;
  const header = new TextDecoder().decode(bytes.subarray(10, 10 + headerLength));
  const dtype = /'descr': '<(f8|c16|i4)'/.exec(header)?.[1] as NumericArray['dtype'] | undefined;
  const shapeText = /'shape': \(([^)]*)\)/.exec(header)?.[1];
  if (!dtype || shapeText === undefined || !header.includes("'fortran_order': False"))
    throw invalid(`header ${header.trim()}`);
  const shape = shapeText
    .split(',')
    .filter((s) => s.trim())
    .map(Number);
  const count = shape.reduce((product, n) => product * n, 1) * (dtype === 'c16' ? 2 : 1);
  // Not bytes.slice: that of Node's Buffer shares memory with the header before it.
  const body = new Uint8Array(bytes.subarray(10 + headerLength));
  if (body.byteLength !== count * (dtype === 'i4' ? 4 : 8))
    throw invalid(`${body.byteLength} bytes for shape (${shapeText})`);
  return { dtype, shape, data: dtype === 'i4' ? new Int32Array(body.buffer) : new Float64Array(body.buffer) };
}
