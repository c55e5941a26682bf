import { KernelError } from '../../core/errors';

/** A section of a UPF file: the attributes of its opening tag, and what stands before its closing tag. */
export interface UpfSection {
  attributes: Record<string, string>;
  body: string;
}

/** The sections and numbers of a UPF file, found by plain search: version 1 is no XML, and not all files of version 2 are. */
export class UpfText {
  constructor(
    readonly element: string,
    private readonly text: string,
  ) {}

  has(tag: string): boolean {
    return this.find(tag, 0) >= 0;
  }

  /** The first section of that name, in this text or in a part of it. */
  section(tag: string, within = this.text): UpfSection {
    return this.optionalSection(tag, within) ?? this.fail(`it has no ${tag}`);
  }

  optionalSection(tag: string, within = this.text): UpfSection | null {
    const start = this.find(tag, 0, within);
    return start < 0 ? null : this.sectionAt(tag, start, within);
  }

  /** All sections of that name, in order. */
  sections(tag: string, within: string): UpfSection[] {
    const found: UpfSection[] = [];
    const closing = `</${tag}>`;
    for (let start = this.find(tag, 0, within); start >= 0; ) {
      found.push(this.sectionAt(tag, start, within));
      start = this.find(tag, within.indexOf(closing, start) + closing.length, within);
    }
    return found;
  }

  /** Exactly `count` numbers at the head of `body`. */
  numbers(what: string, body: string, count: number): Float64Array {
    const words = body.trim().split(/\s+/, count);
    if (words.length < count || words[0] === '')
      this.fail(`${what} should hold ${count} numbers and holds ${words[0] === '' ? 0 : words.length}`, { count });
    return Float64Array.from(words, (word, i) => {
      const value = parseNumber(word);
      return Number.isFinite(value)
        ? value
        : this.fail(`number ${i + 1} of ${what} is "${word.slice(0, 30)}"`, { index: i + 1 });
    });
  }

  fail(what: string, numbers: Record<string, number | string> = {}): never {
    throw new KernelError(
      'pseudopotential-invalid',
      `The pseudopotential given for ${this.element} cannot be used: ${what}.`,
      { element: this.element, ...numbers },
    );
  }

  private sectionAt(tag: string, start: number, within: string): UpfSection {
    const opened = within.indexOf('>', start);
    if (opened < 0) this.fail(`${tag} is cut off`);
    const head = within.slice(start + tag.length + 1, opened);
    const attributes: Record<string, string> = {};
    for (const [, name, value] of head.matchAll(/([\w.]{1,64})\s*=\s*"([^"]*)"/g)) attributes[name!] = value!.trim();
    if (head.endsWith('/')) return { attributes, body: '' };
    const closed = within.indexOf(`</${tag}>`, opened);
    if (closed < 0) this.fail(`${tag} is cut off`);
    return { attributes, body: within.slice(opened + 1, closed) };
  }

  /** Where `<tag` stands as a whole word. */
  private find(tag: string, from: number, within = this.text): number {
    for (let at = within.indexOf(`<${tag}`, from); at >= 0; at = within.indexOf(`<${tag}`, at + 1))
      if (/[\s/>]/.test(within[at + tag.length + 1] ?? '')) return at;
    return -1;
  }
}

/** Fortran writes exponents with D, and of three digits without any letter: 1.5-101. */
export function parseNumber(word: string): number {
  return Number(word.replace(/[dD]/, 'e').replace(/(\d)([+-]\d{3})$/, '$1e$2'));
}
