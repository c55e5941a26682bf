/** Numbers in C order as lists within lists of the given shape. */
export function nestArray(flat: number[], shape: number[]): unknown {
  if (shape.length <= 1) return flat;
  const [count, ...inner] = shape as [number, ...number[]];
  const size = flat.length / count;
  return Array.from({ length: count }, (_, i) => nestArray(flat.slice(i * size, (i + 1) * size), inner));
}
