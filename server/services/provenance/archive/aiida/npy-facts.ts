/** What is known of an array without laying it out: its shape and the range of its numbers. */
export interface ArrayFacts {
  shape: number[];
  minimum: number;
  maximum: number;
}

const readers: Record<string, { bytes: number; read: (view: DataView, at: number, isLittle: boolean) => number }> = {
  f8: { bytes: 8, read: (view, at, isLittle) => view.getFloat64(at, isLittle) },
  f4: { bytes: 4, read: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  i8: { bytes: 8, read: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)) },
  i4: { bytes: 4, read: (view, at, isLittle) => view.getInt32(at, isLittle) },
};

/** The `descr`, `shape` and start of the numbers of a `.npy` file (numpy.lib.format, versions 1 to 3); null where it is none. */
function headerOf(bytes: Buffer): { type: string; shape: number[]; start: number } | null {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== '\x93NUMPY') return null;
  const isShort = bytes[6] === 1;
  const length = isShort ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  const start = (isShort ? 10 : 12) + length;
  if (start > bytes.length || length > 65_536) return null;
  const header = bytes.toString('utf8', isShort ? 10 : 12, start);
  const type = /'descr': ?'([^']+)'/.exec(header)?.[1];
  const shape = /'shape': ?\(([\d, ]*)\)/.exec(header)?.[1];
  if (!type || shape === undefined) return null;
  return {
    type,
    shape: shape
      .split(',')
      .filter((part) => part.trim())
      .map(Number),
    start,
  };
}

/** Whether it holds Python objects, which only running them would read. */
export const holdsObjects = (bytes: Buffer): boolean => {
  const type = headerOf(bytes)?.type;
  return type === undefined || type.includes('O');
};

/** Of an array of numbers, in whichever order they lie; null for anything else, or where a number is not finite. */
export function arrayFacts(bytes: Buffer): ArrayFacts | null {
  const header = headerOf(bytes);
  const reader = header && /^[<>|=]/.test(header.type) ? readers[header.type.slice(1)] : null;
  if (!header || !reader) return null;
  const { shape, start, type } = header;
  const count = shape.reduce((product, n) => product * n, 1);
  if (count === 0 || bytes.length - start !== count * reader.bytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) {
    const value = reader.read(view, i * reader.bytes, type[0] !== '>');
    if (!Number.isFinite(value)) return null;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  return { shape, minimum, maximum };
}
