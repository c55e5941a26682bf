import { decodeNpy, encodeNpy } from '@/kernels/core/npy';
import { nestArray } from '@/server/engines/nested-array';

/** Longer arrays of numbers leave the JSON and become `.npy` files beside it. */
const INLINE_MAX = 1000;

/** A value without its long arrays, which stand as `{"npy": "energiesEv.npy"}`, and the files. Dense arrays of any rank. */
export function splitArrays(value: unknown): { value: unknown; files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  const visit = (item: unknown, path: string): unknown => {
    if (Array.isArray(item)) {
      const shape = shapeOf(item);
      if (shape && shape.reduce((product, n) => product * n, 1) > INLINE_MAX) {
        const name = `${path}.npy`;
        const data = Float64Array.from(item.flat(shape.length - 1) as number[]);
        files.set(name, encodeNpy({ dtype: 'f8', shape, data }));
        return { npy: name };
      }
      return item.map((inner, index) => visit(inner, `${path}.${index}`));
    }
    if (item === null || typeof item !== 'object') return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, inner]) => [key, visit(inner, path ? `${path}.${key}` : key)]),
    );
  };
  return { value: visit(value, ''), files };
}

/** The whole value again. */
export async function joinArrays(value: unknown, read: (name: string) => Promise<Uint8Array>): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => joinArrays(item, read)));
  if (value === null || typeof value !== 'object') return value;
  const { npy } = value as { npy?: unknown };
  // Fields are told with a `npy` among other things.
  if (typeof npy === 'string' && Object.keys(value).length === 1) {
    const { shape, data } = decodeNpy(await read(npy));
    return nestArray(Array.from(data), shape);
  }
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await joinArrays(inner, read)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The shape of a dense array of finite numbers; null for anything else. */
function shapeOf(item: unknown): number[] | null {
  if (!Array.isArray(item)) return null;
  if (item.every((inner) => typeof inner === 'number' && Number.isFinite(inner))) return [item.length];
  const shapes = item.map(shapeOf);
  const first = shapes[0];
  if (!first || shapes.some((shape) => !shape || shape.join() !== first.join())) return null;
  return [item.length, ...first];
}
