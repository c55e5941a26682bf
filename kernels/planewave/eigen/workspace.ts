/**
 * Arrays that one solution after another works in: made once, they cost no clearing and leave nothing to collect. Their contents are those of
 * the last use.
 */
export class Workspace {
  private readonly arrays = new Map<string, Float64Array>();

  /** The array of this name with at least so many numbers, cut to them. */
  take(name: string, length: number): Float64Array {
    const known = this.arrays.get(name);
    if (known && known.length >= length) return known.subarray(0, length);
    const made = new Float64Array(length);
    this.arrays.set(name, made);
    return made;
  }
}
