import { KernelError } from '../../core/errors';

/** What files that are no text begin with. */
const signatures: { bytes: number[]; what: string }[] = [
  { bytes: [0x1f, 0x8b], what: 'compressed (gzip)' },
  { bytes: [0x42, 0x5a, 0x68], what: 'compressed (bzip2)' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'compressed (xz)' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'compressed (zstd)' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'an archive (zip)' },
];
const READABLE = 'CIF, POSCAR or CONTCAR, XYZ, extended XYZ and JSON are read.';

/**
 * The text of a structure file: UTF-8, UTF-16 with its byte order mark, or Latin 1 as older programs wrote it.
 * Throws KernelError `not-text` for what is compressed, a document or binary.
 */
export function decodeText(bytes: Uint8Array): string {
  const begins = (start: number[]) => start.every((byte, i) => bytes[i] === byte);
  const packed = signatures.find((signature) => begins(signature.bytes));
  if (packed) throw new KernelError('not-text', `This file is ${packed.what}. Unpack it and choose the file inside.`);
  if (begins([0x25, 0x50, 0x44, 0x46]))
    throw new KernelError('not-text', `This is a PDF, not a structure. ${READABLE}`);
  if (begins([0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  if (begins([0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0))
    throw new KernelError('not-text', `This is a binary file, not a structure as text. ${READABLE}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
