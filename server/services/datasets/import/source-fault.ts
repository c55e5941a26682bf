/** A source as a whole cannot be read on: the import ends with this sentence, and what was taken stays. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
}
