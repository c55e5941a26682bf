import type { Parser, Tree } from '@lezer/common';

/** A node of a parsed text: what it is called in the grammar, where it stands, and what is in it. */
export interface SyntaxNode {
  name: string;
  text: string;
  children: SyntaxNode[];
}

/** Deeper than people write; a walker may recurse over what is left. */
const DEPTH_MAX = 250;
/** Of the parser: some for each letter, many where a text can be read in many ways. Not a time, so that it is the same everywhere. */
const STEPS_MAX = 1_000_000;

/** The tree of a text as the parser makes it; null where parsing takes too long. */
export function parseTree(parser: Parser, text: string): Tree | null {
  const parse = parser.startParse(text);
  let tree = parse.advance();
  for (let steps = 0; tree === null; steps++) {
    if (steps > STEPS_MAX) return null;
    tree = parse.advance();
  }
  return tree;
}

/** The tree of a text; null where parsing it takes too long. What is nested too deeply is left out. */
export function parseText(parser: Parser, text: string): SyntaxNode | null {
  const tree = parseTree(parser, text);
  if (!tree) return null;
  const root: SyntaxNode = { name: tree.type.name, text, children: [] };
  const open = [root];
  let depth = 0;
  tree.iterate({
    enter: ({ name, from, to }) => {
      depth++;
      if (depth === 1) return;
      if (depth > DEPTH_MAX) {
        depth--;
        return false;
      }
      const node: SyntaxNode = { name, text: text.slice(from, to), children: [] };
      open.at(-1)!.children.push(node);
      open.push(node);
    },
    leave: () => {
      if (depth > 1) open.pop();
      depth--;
    },
  });
  return root;
}
