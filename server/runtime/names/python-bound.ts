import type { SyntaxNode } from './syntax';

/** Names that belong to a function or a class of Python, and those that it leaves to the module. */
export interface Bound {
  names: Set<string>;
  globals: Set<string>;
}

/** Whatever gives a name a value within a body makes it a name of that body, wherever it stands; `global` and `nonlocal` undo that. */
export function boundNames(body: readonly SyntaxNode[]): Bound {
  const bound: Bound = { names: new Set(), globals: new Set() };
  const others = new Set<string>();
  for (const node of body) collect(node, bound, others);
  for (const name of [...bound.globals, ...others]) bound.names.delete(name);
  return bound;
}

function collect(node: SyntaxNode, bound: Bound, others: Set<string>): void {
  const { name, children } = node;
  const first = children.find((child) => child.name === 'VariableName');
  switch (name) {
    case 'FunctionDefinition':
    case 'ClassDefinition':
      if (first) bound.names.add(first.text);
      return;
    case 'LambdaExpression':
      return;
    case 'ScopeStatement': {
      const list = children[0]?.name === 'global' ? bound.globals : others;
      for (const child of children) if (child.name === 'VariableName') list.add(child.text);
      return;
    }
    case 'AssignStatement':
      for (const targets of parts(children, 'AssignOp').slice(0, -1)) for (const one of targets) bind(one, bound);
      break;
    case 'UpdateStatement':
    case 'NamedExpression':
    case 'CapturePattern':
      for (const target of children.slice(0, 1)) bind(target, bound);
      break;
    case 'TypeDefinition':
      if (first) bound.names.add(first.text);
      return;
    case 'ForStatement':
      for (const target of children.slice(
        0,
        children.findIndex((child) => child.name === 'in'),
      ))
        bind(target, bound);
      break;
    case 'ImportStatement':
      for (const imported of importedNames(node)) bound.names.add(imported);
      return;
    case 'DeleteStatement':
      for (const child of children) bind(child, bound);
      return;
  }
  for (const [i, child] of children.entries()) {
    if (children[i - 1]?.name === 'as') bind(child, bound);
    collect(child, bound, others);
  }
}

function bind(target: SyntaxNode, bound: Bound): void {
  if (target.name === 'VariableName') bound.names.add(target.text);
  else if (isSequence(target)) for (const child of target.children) bind(child, bound);
}

/** What may stand left of an assignment and holds several targets. */
export const isSequence = ({ name }: SyntaxNode): boolean =>
  name === 'TupleExpression' || name === 'ArrayExpression' || name === 'ParenthesizedExpression';

/** `import a.b` gives a; `from m import a as b` gives b. */
export function importedNames({ children }: SyntaxNode): string[] {
  const at = children.findIndex(({ name }) => name === 'import');
  const isFrom = children[0]?.name === 'from';
  const items = children.slice(at + 1).filter(({ name }) => name !== '(' && name !== ')');
  return parts(items, ',').flatMap((item) => {
    const named = item.filter(({ name }) => name === 'VariableName');
    const hasAlias = item.some(({ name }) => name === 'as');
    const given = hasAlias || isFrom ? named.at(-1) : named[0];
    return given ? [given.text] : [];
  });
}

/** The nodes between those of one name. */
export function parts(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) groups.push([]);
    else groups.at(-1)!.push(node);
  }
  return groups;
}
