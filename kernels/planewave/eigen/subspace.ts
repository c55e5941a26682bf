import { measure } from '../profile';
import type { Operator } from './operator';
import { orthonormalizeAgainst, type Products } from './orthonormalize';
import type { Workspace } from './workspace';

/** An orthonormal set V with H V and T = V^H H V. */
export class Subspace {
  count = 0;
  private readonly V: Float64Array;
  private readonly HV: Float64Array;
  /** capacity x capacity, column-major, upper and lower. */
  private readonly T: Float64Array;
  private readonly X: Float64Array;
  private readonly HX: Float64Array;

  constructor(
    private readonly products: Products,
    private readonly H: Operator,
    readonly capacity: number,
    bandCount: number,
    workspace: Workspace,
  ) {
    const { size } = H;
    this.V = workspace.take('V', 2 * size * capacity);
    this.HV = workspace.take('HV', 2 * size * capacity);
    this.T = workspace.take('T', 2 * capacity * capacity);
    this.X = workspace.take('X', 2 * size * bandCount);
    this.HX = workspace.take('HX', 2 * size * bandCount);
  }

  /** Adds orthonormal columns. */
  async start(columns: Float64Array, count: number): Promise<void> {
    this.V.set(columns.subarray(0, 2 * this.H.size * count));
    await this.accept(count);
  }

  /**
   * Adds what columns with these squared norms have outside the space; the columns are destroyed.
   * @returns how many were added.
   */
  async extend(columns: Float64Array, squares: Float64Array): Promise<number> {
    const { size } = this.H;
    const basis = this.V.subarray(0, 2 * size * this.count);
    const added = await measure('orthonormalisation', () =>
      orthonormalizeAgainst(this.products, size, basis, this.count, columns, squares),
    );
    this.V.set(columns.subarray(0, 2 * size * added), 2 * size * this.count);
    if (added > 0) await this.accept(added);
    return added;
  }

  projected(): Float64Array {
    const T = new Float64Array(2 * this.count * this.count);
    for (let j = 0; j < this.count; j++) {
      T.set(this.T.subarray(2 * j * this.capacity, 2 * (j * this.capacity + this.count)), 2 * j * this.count);
      T[2 * (j * this.count + j) + 1] = 0;
    }
    return T;
  }

  /** X = V y and H X for chosen columns of the subspace's eigenvectors; both stay until the next call. */
  async ritz(vectors: Float64Array, bands: readonly number[]): Promise<{ X: Float64Array; HX: Float64Array }> {
    const X = await this.combine(this.V, vectors, bands, this.X);
    return { X, HX: await this.combine(this.HV, vectors, bands, this.HX) };
  }

  /** V y for the lowest columns of the subspace's eigenvectors (null: V itself, after a restart), in an array of its own. */
  async lowest(count: number, vectors: Float64Array | null): Promise<Float64Array> {
    const length = 2 * this.H.size * count;
    return vectors ? this.combine(this.V, vectors, range(count), new Float64Array(length)) : this.V.slice(0, length);
  }

  /** Shrinks the space to its `count` lowest Ritz vectors. */
  async restart(values: Float64Array, vectors: Float64Array, count: number): Promise<void> {
    const { X, HX } = await this.ritz(vectors, range(count));
    this.V.set(X);
    this.HV.set(HX);
    this.T.fill(0);
    for (let j = 0; j < count; j++) this.T[2 * (j * this.capacity + j)] = values[j]!;
    this.count = count;
  }

  private combine(
    basis: Float64Array,
    vectors: Float64Array,
    bands: readonly number[],
    target: Float64Array,
  ): Promise<Float64Array> {
    const { size } = this.H;
    const { count } = this;
    const chosen = new Float64Array(2 * count * bands.length);
    bands.forEach((band, j) => {
      chosen.set(vectors.subarray(2 * count * band, 2 * count * (band + 1)), 2 * count * j);
    });
    const out = target.subarray(0, 2 * size * bands.length);
    return measure('matrix products', async () => {
      await this.products.gemm('N', 'N', size, bands.length, count, basis.subarray(0, 2 * size * count), chosen, out);
      return out;
    });
  }

  /** Applies H to the columns that stand behind the space, and takes them in. */
  private async accept(count: number): Promise<void> {
    const { capacity } = this;
    const { size } = this.H;
    const total = this.count + count;
    const HW = this.HV.subarray(2 * size * this.count, 2 * size * total);
    await this.H.apply(this.V.subarray(2 * size * this.count, 2 * size * total), count, HW);
    const block = new Float64Array(2 * total * count);
    await measure('matrix products', () =>
      this.products.gemm('C', 'N', total, count, size, this.V.subarray(0, 2 * size * total), HW, block),
    );
    for (let j = 0; j < count; j++) {
      const column = this.count + j;
      for (let i = 0; i < total; i++) {
        const re = block[2 * (j * total + i)]!;
        const im = block[2 * (j * total + i) + 1]!;
        this.T[2 * (column * capacity + i)] = re;
        this.T[2 * (column * capacity + i) + 1] = im;
        this.T[2 * (i * capacity + column)] = re;
        this.T[2 * (i * capacity + column) + 1] = -im;
      }
    }
    this.count = total;
  }
}

export const range = (count: number) => Array.from({ length: count }, (_, i) => i);
