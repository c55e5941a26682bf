/** A dense array with its shape, C order (last index fastest). Complex arrays hold interleaved pairs (re, im). */
export interface NumericArray {
  dtype: 'f8' | 'c16' | 'i4';
  shape: number[];
  data: Float64Array | Int32Array;
}
