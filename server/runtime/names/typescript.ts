import { parser } from '@lezer/javascript';
import { parseText, type SyntaxNode } from './syntax';

const typescript = parser.configure({ dialect: 'ts' });

/** Names of one block or function, on top of those around it. */
interface Scope {
  names: Set<string>;
  /** null: the cell itself. */
  outer: Scope | null;
}

/** Types exist before a program runs only: what stands in these gives and takes no value. */
const typeNodes = new Set([
  ...[
    'TypeAnnotation',
    'TypeArgList',
    'TypeParamList',
    'TypePredicate',
    'TypeofType',
    'KeyofType',
    'FunctionSignature',
  ],
  ...['ObjectType', 'ParameterizedType', 'IndexedType', 'ConditionalType', 'TupleType', 'UnionType', 'NewSignature'],
  ...['InterfaceDeclaration', 'TypeAliasDeclaration', 'AmbientDeclaration', 'ImportDeclaration'],
]);
const functionNodes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunction', 'MethodDeclaration']);
/** What stands in these may not happen. */
const maybeNodes = new Set(['IfStatement', 'WhileStatement', 'ForStatement', 'SwitchStatement', 'TryStatement']);
const noVariables = new Set(['undefined', 'NaN', 'Infinity', 'arguments']);
const patternNodes = new Set(['ObjectPattern', 'ArrayPattern']);

/**
 * Names of a cell of TypeScript or JavaScript. A declaration at the top of the cell defines a name, and so does an assignment to a
 * name that the cell does not declare. A function takes what its body takes. Changing an object (`list.push(1)`) defines nothing.
 */
export function typescriptNames(text: string): { defines: Set<string>; uses: Set<string> } | null {
  const root = parseText(typescript, text);
  if (!root) return null;
  const walker = new Walker();
  walker.walkCell(root);
  return walker;
}

class Walker {
  readonly defines = new Set<string>();
  readonly uses = new Set<string>();
  /** Given a value by this cell without a declaration, so that what follows takes it from here. */
  private readonly assigned = new Set<string>();
  /** Within how many functions, conditions and loops. */
  private depth = 0;

  walkCell(root: SyntaxNode): void {
    const top: Scope = { names: new Set(), outer: null };
    declare(root.children, top.names);
    declareVariables(root.children, top.names);
    for (const name of top.names) this.defines.add(name);
    this.visitAll(root.children, top);
  }

  private visitAll(nodes: readonly SyntaxNode[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  private visit(node: SyntaxNode, scope: Scope): void {
    const { name, children } = node;
    if (typeNodes.has(name)) return;
    if (functionNodes.has(name) || (name === 'Property' && has(node, 'ParamList'))) {
      this.visitFunction(node, scope);
      return;
    }
    if (maybeNodes.has(name)) this.depth++;
    switch (name) {
      case 'VariableName':
        this.read(node.text, scope);
        break;
      case 'Block':
      case 'SwitchBody':
      case 'CatchClause':
      case 'ForStatement':
        this.visitAll(children, inner(scope, children));
        break;
      case 'ForOfSpec':
      case 'ForInSpec':
        this.visitForSpec(node, scope);
        break;
      case 'VariableDeclaration':
        for (const child of children) if (child.name !== 'VariableDefinition') this.visitPattern(child, scope, false);
        break;
      case 'AssignmentExpression':
        this.visitAssignment(node, scope);
        break;
      case 'PostfixExpression':
      case 'UnaryExpression':
        this.visitAll(children, scope);
        if (children.some(({ text }) => text === '++' || text === '--'))
          for (const child of children) if (child.name === 'VariableName') this.write(child.text, scope);
        break;
      case 'Property':
        if (children.length === 1 && children[0]!.name === 'PropertyDefinition') this.read(node.text, scope);
        else this.visitAll(children, scope);
        break;
      case 'ClassExpression':
        this.visitAll(children, inner(scope, children));
        break;
      case 'ExportGroup':
        for (const [i, child] of children.entries())
          if (child.name === 'VariableName' && children[i - 1]?.name !== 'as') this.read(child.text, scope);
        break;
      case 'ExportDeclaration':
        // What is handed on from another module is no variable here.
        if (!has(node, 'from')) this.visitAll(children, scope);
        break;
      default:
        this.visitAll(children, scope);
    }
    if (maybeNodes.has(name)) this.depth--;
  }

  private visitFunction(node: SyntaxNode, scope: Scope): void {
    const { children } = node;
    const own: Scope = { names: new Set(), outer: scope };
    const parameters = children.find(({ name }) => name === 'ParamList');
    if (parameters) collectDefinitions(parameters, own.names);
    if (node.name === 'FunctionExpression') declareOwn(children, own.names);
    const body = children.find(({ name }) => name === 'Block');
    if (body) {
      declare(body.children, own.names);
      declareVariables(body.children, own.names);
    }
    this.depth++;
    for (const child of children) {
      if (child.name === 'ParamList') for (const part of child.children) this.visitPattern(part, own, false);
      else if (child === body) this.visitAll(body.children, own);
      else if (child.name !== 'VariableDefinition') this.visit(child, own);
    }
    this.depth--;
  }

  /** `const [a, b] of list`, or `a of list` for a variable that is there. */
  private visitForSpec({ children }: SyntaxNode, scope: Scope): void {
    const at = children.findIndex(({ name }) => name === 'of' || name === 'in');
    const isDeclaring = children.some(({ name }) => name === 'const' || name === 'let' || name === 'var');
    this.visitAll(children.slice(at + 1), scope);
    for (const child of children.slice(0, at)) {
      if (isDeclaring) this.visitPattern(child, scope, false);
      else this.assign(child, scope);
    }
  }

  private visitAssignment({ children }: SyntaxNode, scope: Scope): void {
    const [target, operator, ...values] = children;
    if (operator && operator.name !== 'Equals' && target) this.visit(target, scope);
    this.visitAll(values, scope);
    if (target) this.assign(target, scope);
  }

  private assign(target: SyntaxNode, scope: Scope): void {
    if (target.name === 'VariableName' || target.name === 'VariableDefinition') this.write(target.text, scope);
    else if (patternNodes.has(target.name)) this.visitPattern(target, scope, true);
    else this.visit(target, scope);
  }

  /** The defaults and computed keys of a pattern, and, where it assigns, its variables. */
  private visitPattern(node: SyntaxNode, scope: Scope, isAssigning: boolean): void {
    if (node.name === 'VariableDefinition') {
      if (isAssigning) this.write(node.text, scope);
    } else if (patternNodes.has(node.name) || node.name === 'PatternProperty')
      for (const child of node.children) this.visitPattern(child, scope, isAssigning);
    else this.visit(node, scope);
  }

  private read(name: string, scope: Scope): void {
    if (noVariables.has(name) || isDeclared(name, scope) || this.assigned.has(name)) return;
    this.uses.add(name);
  }

  private write(name: string, scope: Scope): void {
    if (isDeclared(name, scope)) return;
    this.defines.add(name);
    if (this.depth === 0) this.assigned.add(name);
  }
}

const has = ({ children }: SyntaxNode, name: string) => children.some((child) => child.name === name);

function isDeclared(name: string, scope: Scope): boolean {
  for (let at: Scope | null = scope; at; at = at.outer) if (at.names.has(name)) return true;
  return false;
}

function inner(outer: Scope, children: readonly SyntaxNode[]): Scope {
  const names = new Set<string>();
  declare(children, names);
  return { names, outer };
}

/** Names that a list of statements declares in its own block. */
function declare(nodes: readonly SyntaxNode[], names: Set<string>): void {
  for (const node of nodes)
    switch (node.name) {
      case 'VariableDeclaration':
        if (!has(node, 'var')) declareOwn(node.children, names);
        break;
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
      case 'ClassExpression':
      case 'NamespaceDeclaration':
        declareOwn(node.children, names);
        break;
      case 'EnumDeclaration':
        for (const child of node.children) if (child.name === 'TypeDefinition') names.add(child.text);
        break;
      case 'ImportDeclaration':
        declareImports(node, names);
        break;
      case 'ForOfSpec':
      case 'ForInSpec':
        if (has(node, 'const') || has(node, 'let')) declareOwn(node.children, names);
        break;
      case 'ForSpec':
      case 'ExportDeclaration':
        declare(node.children, names);
        break;
      case 'VariableDefinition':
      case 'ObjectPattern':
      case 'ArrayPattern':
        // Of a catch clause.
        collectDefinitions(node, names);
    }
}

function declareOwn(nodes: readonly SyntaxNode[], names: Set<string>): void {
  for (const node of nodes)
    if (node.name === 'VariableDefinition' || patternNodes.has(node.name)) collectDefinitions(node, names);
}

function declareImports({ children }: SyntaxNode, names: Set<string>): void {
  if (children.some(({ name }) => name === 'type')) return;
  for (const child of children) {
    if (child.name === 'VariableDefinition') names.add(child.text);
    if (child.name !== 'ImportGroup') continue;
    let isType = false;
    for (const part of child.children) {
      if (part.name === 'type') isType = true;
      if (part.name === ',') isType = false;
      if (part.name === 'VariableDefinition' && !isType) names.add(part.text);
    }
  }
}

/** `var` belongs to the whole function, wherever in it it stands. */
function declareVariables(nodes: readonly SyntaxNode[], names: Set<string>): void {
  for (const node of nodes) {
    if (functionNodes.has(node.name) || typeNodes.has(node.name)) continue;
    if (has(node, 'var')) declareOwn(node.children, names);
    declareVariables(node.children, names);
  }
}

/** All variables of a pattern, or of a list of parameters. */
function collectDefinitions(node: SyntaxNode, names: Set<string>): void {
  if (node.name === 'VariableDefinition') names.add(node.text);
  if (node.name === 'ParamList' || node.name === 'PatternProperty' || patternNodes.has(node.name))
    for (const child of node.children) collectDefinitions(child, names);
}
