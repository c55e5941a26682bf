import { parser } from '@lezer/python';
import { type Bound, boundNames, importedNames, isSequence, parts } from './python-bound';
import { withoutMagics } from './python-magics';
import { parseText, type SyntaxNode } from './syntax';

interface Scope {
  kind: 'function' | 'class';
  bound: Bound;
  /** null: the cell itself. */
  outer: Scope | null;
}

/**
 * Names of a cell of Python, in the order in which it runs: `x = x + 1` uses x and defines it. A name that only a branch gives is
 * taken from elsewhere as well. A function takes what its body takes. Changing an object (`rows.append(1)`) defines nothing.
 */
export function pythonNames(text: string): { defines: Set<string>; uses: Set<string> } | null {
  const code = withoutMagics(text);
  const root = code === null ? null : parseText(parser, code);
  if (!root) return null;
  const walker = new Walker();
  walker.walkCell(root);
  return walker;
}

class Walker {
  readonly defines = new Set<string>();
  readonly uses = new Set<string>();
  /** Those that the cell has given by now, whichever way it went. */
  private given = new Set<string>();
  /** Taken by functions, which run later. */
  private readonly late = new Set<string>();
  private functions = 0;

  walkCell(root: SyntaxNode): void {
    this.visitAll(root.children, null);
    for (const name of this.late) if (!this.given.has(name)) this.uses.add(name);
  }

  private visitAll(nodes: readonly SyntaxNode[], scope: Scope | null): void {
    for (const node of nodes) this.visit(node, scope);
  }

  private visit(node: SyntaxNode, scope: Scope | null): void {
    const { name, children } = node;
    if (isComprehension(node)) {
      this.visitComprehension(node, scope);
      return;
    }
    switch (name) {
      case 'VariableName':
        this.read(node.text, scope);
        break;
      case 'AssignStatement':
        this.visitAssignment(node, scope);
        break;
      case 'UpdateStatement':
        this.visitAll(children, scope);
        for (const target of children.slice(0, 1)) this.assign(target, scope);
        break;
      case 'NamedExpression':
        this.visitAll(children.slice(1), scope);
        for (const target of children.slice(0, 1)) this.assign(target, scope);
        break;
      case 'ForStatement': {
        const at = children.findIndex((child) => child.name === 'in');
        const body = children.findIndex((child) => child.name === 'Body');
        this.visitAll(children.slice(at + 1, body), scope);
        for (const target of children.slice(0, at)) this.assign(target, scope);
        this.visitAll(children.slice(body), scope);
        break;
      }
      case 'IfStatement':
        this.visitBranches(node, scope);
        break;
      case 'MatchStatement':
        this.visitMatch(node, scope);
        break;
      case 'WithStatement':
      case 'ParenthesizedExpression':
        this.visitWithItems(children, scope);
        break;
      case 'TryStatement':
        this.visitTry(node, scope);
        break;
      case 'ImportStatement':
        for (const imported of importedNames(node)) this.write(imported, scope);
        break;
      case 'FunctionDefinition':
      case 'LambdaExpression':
        this.visitFunction(node, scope);
        break;
      case 'ClassDefinition':
        this.visitClass(node, scope);
        break;
      case 'TypeDefinition':
        // Its value is worked out when somebody asks for it.
        this.writeOwnName(children, scope);
        break;
      case 'DeleteStatement':
        for (const child of children) {
          this.visit(child, scope);
          if (child.name === 'VariableName') this.remove(child.text, scope);
        }
        break;
      case 'ArgList':
        this.visitArguments(children, scope);
        break;
      case 'Decorator':
        for (const [i, child] of children.entries()) if (children[i - 1]?.name !== '.') this.visit(child, scope);
        break;
      case 'ScopeStatement':
        break;
      default:
        this.visitAll(children, scope);
    }
  }

  /** `a = b, c = value`, with or without a type. */
  private visitAssignment({ children }: SyntaxNode, scope: Scope | null): void {
    const groups = parts(children, 'AssignOp');
    this.visitAll(groups.length === 1 ? children.filter(isType) : groups.at(-1)!, scope);
    for (const target of groups.slice(0, -1).flat()) {
      if (isType(target)) this.visit(target, scope);
      else this.assign(target, scope);
    }
  }

  private assign(target: SyntaxNode, scope: Scope | null): void {
    if (target.name === 'VariableName') this.write(target.text, scope);
    else if (isSequence(target)) for (const child of target.children) this.assign(child, scope);
    else this.visit(target, scope);
  }

  private visitBranches({ children }: SyntaxNode, scope: Scope | null): void {
    const before = this.given;
    const ends: Set<string>[] = [];
    let conditions = new Set(before);
    for (const child of children) {
      this.given = child.name === 'Body' ? new Set(conditions) : conditions;
      this.visit(child, scope);
      if (child.name === 'Body') ends.push(this.given);
      else conditions = this.given;
    }
    const isCovered = children.some(({ name }) => name === 'else');
    this.given = isCovered ? new Set([...ends[0]!].filter((name) => ends.every((end) => end.has(name)))) : conditions;
  }

  private visitMatch({ children }: SyntaxNode, scope: Scope | null): void {
    for (const child of children) {
      if (child.name !== 'MatchBody') this.visit(child, scope);
      else
        for (const clause of child.children) {
          const before = this.given;
          this.given = new Set(before);
          this.visitClause(clause, scope);
          this.given = before;
        }
    }
  }

  private visitClause(node: SyntaxNode, scope: Scope | null): void {
    for (const [i, child] of node.children.entries()) {
      const isCapture =
        node.name === 'CapturePattern' || (node.name === 'AsPattern' && node.children[i - 1]?.name === 'as');
      if (isCapture && child.name === 'VariableName') this.capture(child.text, scope);
      else if (node.name === 'KeywordPattern' && i === 0) continue;
      else if (child.name.endsWith('Pattern') || child.name === 'PatternArgList') this.visitClause(child, scope);
      else this.visit(child, scope);
    }
  }

  /** `_` matches anything and keeps nothing. */
  private capture(name: string, scope: Scope | null): void {
    if (name !== '_') this.write(name, scope);
  }

  /** `open(a) as b, c`; in parentheses too. */
  private visitWithItems(children: readonly SyntaxNode[], scope: Scope | null): void {
    for (const [i, child] of children.entries()) {
      if (children[i - 1]?.name === 'as') this.assign(child, scope);
      else this.visit(child, scope);
    }
  }

  /** `except E as e`: e is gone after its body. */
  private visitTry({ children }: SyntaxNode, scope: Scope | null): void {
    let caught: string | null = null;
    for (const [i, child] of children.entries()) {
      if (children[i - 1]?.name === 'as' && child.name === 'VariableName') {
        caught = child.text;
        continue;
      }
      const isKnown = caught === null || this.given.has(caught);
      if (caught !== null) this.given.add(caught);
      this.visit(child, scope);
      if (child.name !== 'Body') continue;
      if (caught !== null && !isKnown) this.given.delete(caught);
      caught = null;
    }
  }

  private visitFunction({ name, children }: SyntaxNode, scope: Scope | null): void {
    const start = children.findIndex((child) => child.name === 'Body' || child.name === ':');
    const body = children.slice(start);
    const parameters = children.find((child) => child.name === 'ParamList')?.children ?? [];
    const own: Scope = { kind: 'function', bound: boundNames(body), outer: scope };
    bindTypeParameters(children, own);
    const around = withTypeParameters(children, scope);
    for (const [i, child] of parameters.entries()) {
      const isParameter = child.name === 'VariableName' && parameters[i - 1]?.name !== 'AssignOp';
      if (isParameter) own.bound.names.add(child.text);
      // Defaults and types belong to what is around.
      else this.visit(child, isType(child) ? around : scope);
    }
    for (const child of children) if (isType(child)) this.visit(child, around);
    const { given } = this;
    this.functions++;
    this.visitAll(body, own);
    this.functions--;
    this.given = given;
    if (name === 'FunctionDefinition') this.writeOwnName(children, scope);
  }

  private visitClass({ children }: SyntaxNode, scope: Scope | null): void {
    const body = children.find(({ name }) => name === 'Body');
    const own: Scope = { kind: 'class', bound: boundNames(body ? [body] : []), outer: scope };
    bindTypeParameters(children, own);
    for (const child of children) {
      if (child.name === 'ArgList') this.visitArguments(child.children, scope);
      else if (child === body) this.visit(body, own);
    }
    this.writeOwnName(children, scope);
  }

  private writeOwnName(children: readonly SyntaxNode[], scope: Scope | null): void {
    const own = children.find(({ name }) => name === 'VariableName');
    if (own) this.write(own.text, scope);
  }

  /** Its variables are its own; the first list is taken from around it. */
  private visitComprehension({ children }: SyntaxNode, scope: Scope | null): void {
    const own: Scope = { kind: 'function', bound: { names: new Set(), globals: new Set() }, outer: scope };
    const lists: SyntaxNode[][] = [];
    const others: SyntaxNode[] = [];
    let part: SyntaxNode[] | 'targets' = others;
    for (const child of children) {
      if (child.name === 'for') part = 'targets';
      else if (child.name === 'in' && part === 'targets') {
        part = [];
        lists.push(part);
      } else if (child.name === 'if') part = others;
      else if (part === 'targets') collectTargets(child, own.bound.names);
      else part.push(child);
    }
    for (const [i, list] of lists.entries()) this.visitAll(list, i === 0 ? scope : own);
    this.visitAll(others, own);
  }

  private visitArguments(children: readonly SyntaxNode[], scope: Scope | null): void {
    for (const [i, child] of children.entries()) if (children[i + 1]?.name !== 'AssignOp') this.visit(child, scope);
  }

  private read(name: string, scope: Scope | null): void {
    for (let at = scope; at; at = at.outer) {
      if (at.bound.globals.has(name)) break;
      // A class sees its own names only in its own body, not in its functions.
      if (at.bound.names.has(name) && (at.kind === 'function' || at === scope)) return;
    }
    if (this.functions > 0) this.late.add(name);
    else if (!this.given.has(name)) this.uses.add(name);
  }

  private write(name: string, scope: Scope | null): void {
    for (let at = scope; at; at = at.outer) {
      if (at.bound.globals.has(name)) break;
      if (at.bound.names.has(name)) return;
    }
    this.defines.add(name);
    if (this.functions === 0) this.given.add(name);
  }

  private remove(name: string, scope: Scope | null): void {
    if (scope) return;
    this.defines.delete(name);
    this.given.delete(name);
  }
}

const isType = ({ name }: SyntaxNode) => name === 'TypeDef';
const isComprehension = ({ name, children }: SyntaxNode) =>
  name !== 'ForStatement' &&
  children.some((child) => child.name === 'for') &&
  children.some((child) => child.name === 'in');

function collectTargets(node: SyntaxNode, names: Set<string>): void {
  if (node.name === 'VariableName') names.add(node.text);
  else if (isSequence(node)) for (const child of node.children) collectTargets(child, names);
}

/** `[T]` of a function or a class. */
function bindTypeParameters(children: readonly SyntaxNode[], own: Scope): void {
  const list = children.find(({ name }) => name === 'TypeParamList');
  for (const parameter of list?.children ?? [])
    if (parameter.children[0]?.name === 'VariableName') own.bound.names.add(parameter.children[0].text);
}

function withTypeParameters(children: readonly SyntaxNode[], outer: Scope | null): Scope | null {
  if (!children.some(({ name }) => name === 'TypeParamList')) return outer;
  const own: Scope = { kind: 'function', bound: { names: new Set(), globals: new Set() }, outer };
  bindTypeParameters(children, own);
  return own;
}
