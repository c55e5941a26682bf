export type Language = 'typescript' | 'python';

const WIDTH = 96;

/** A JSON value as a program writes it, on one line where it fits. Texts are written as in JSON, which both languages read alike. */
export function literal(value: unknown, language: Language, indent = 0): string {
  if (typeof value !== 'object' || value === null) return scalar(value, language);
  const isList = Array.isArray(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const parts = (at: number) =>
    isList
      ? value.map((part) => literal(part, language, at))
      : Object.entries(value).map(([name, part]) => `${key(name, language)}: ${literal(part, language, at)}`);
  const flat = parts(indent);
  const space = isList || language === 'python' || flat.length === 0 ? '' : ' ';
  const line = `${open}${space}${flat.join(', ')}${space}${close}`;
  if (!line.includes('\n') && indent + line.length <= WIDTH) return line;
  const inner = ' '.repeat(indent + 2);
  const broken = parts(indent + 2).map((part) => `${inner}${part},\n`);
  return `${open}\n${broken.join('')}${' '.repeat(indent)}${close}`;
}

/** Ends of lines that JSON leaves as they are: some editors and programs would break the line there. */
const lineEnds = /[\u0085\u2028\u2029]/g;

function scalar(value: unknown, language: Language): string {
  const word =
    value === null || value === undefined ? 'None' : value === true ? 'True' : value === false ? 'False' : '';
  const text = JSON.stringify(value) ?? 'null';
  return language === 'python' && word
    ? word
    : text.replace(lineEnds, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function key(name: string, language: Language): string {
  if (language === 'python') return JSON.stringify(name);
  // Written as any other name it would set the prototype.
  if (name === '__proto__') return `[${JSON.stringify(name)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
