import sax from 'sax';

/** An element of an XML document with its text and children, in order. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: XmlElement[];
}

/** Deeper than any file of Quantum ESPRESSO; a file that is not one ends here. */
const DEPTH_MAX = 40;

/**
 * Reads a document. Strict; document types, and so entities of one's own, are refused.
 * @throws Error for text that is not well-formed.
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const parser = sax.parser(true, {});
  parser.onopentag = ({ name, attributes }) => {
    if (open.length > DEPTH_MAX) throw new Error('the XML is nested too deeply');
    const element: XmlElement = { name, attributes: attributes as Record<string, string>, text: '', children: [] };
    open.at(-1)!.children.push(element);
    open.push(element);
  };
  parser.onclosetag = () => {
    open.pop();
  };
  parser.ontext = (part) => {
    open.at(-1)!.text += part;
  };
  parser.ondoctype = () => {
    throw new Error('the XML has a document type');
  };
  parser.onerror = (err) => {
    throw err;
  };
  parser.write(text).close();
  const [document] = root.children;
  if (!document) throw new Error('the XML is empty');
  return document;
}

/** The first element at a path of names; null where there is none. */
export function find(element: XmlElement, path: string): XmlElement | null {
  let found: XmlElement | null = element;
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name) ?? null;
  return found;
}

export function findAll(element: XmlElement, path: string): XmlElement[] {
  const names = path.split('/');
  const last = names.pop()!;
  const parent = names.length > 0 ? find(element, names.join('/')) : element;
  return parent?.children.filter((child) => child.name === last) ?? [];
}

/** Numbers at a path; empty where there is no such element. */
export function numbers(element: XmlElement, path: string): number[] {
  return toNumbers(find(element, path)?.text ?? '');
}

export const toNumbers = (text: string): number[] => (text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number));

export function number(element: XmlElement, path: string): number | null {
  const [value] = numbers(element, path);
  return value === undefined || Number.isNaN(value) ? null : value;
}
