/** A piece of a statement with the values in it: a value stands in the statement only if its piece does. */
export class Sql {
  constructor(
    readonly texts: readonly string[],
    /** One between each two texts. */
    readonly values: readonly { value: unknown; type: string }[],
  ) {}
}

/** Text of the program's own; never of a person. */
export const raw = (text: string): Sql => new Sql([text], []);

/** A value as a parameter of a type of PostgreSQL. */
export const bound = (value: unknown, type: string): Sql => new Sql(['', ''], [{ value, type }]);

/** A template of pieces. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  const texts = [strings[0]!];
  const values: { value: unknown; type: string }[] = [];
  parts.forEach((part, i) => {
    texts[texts.length - 1] += part.texts[0]!;
    texts.push(...part.texts.slice(1));
    values.push(...part.values);
    texts[texts.length - 1] += strings[i + 1]!;
  });
  return new Sql(texts, values);
}

export function join(parts: readonly Sql[], separator: string): Sql {
  return parts.slice(1).reduce((all, part) => sql`${all}${raw(separator)}${part}`, parts[0]!);
}

/** The text with `$1`, `$2` for its values, which PostgreSQL is told the types of. */
export function toStatement({ texts, values }: Sql): { text: string; values: unknown[] } {
  const text = values.reduce((so, { type }, i) => `${so}$${i + 1}::${type}${texts[i + 1]}`, texts[0]!);
  return { text, values: values.map(({ value }) => value) };
}
