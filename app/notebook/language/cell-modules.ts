import { type Node, typescript as ts } from 'monaco-editor/languages/features/typescript/lib/typescriptServices.js';

export interface CellSource {
  id: string;
  source: string;
}

/** A cell as the compiler sees it: a module that imports what the cell mentions of those above, and exports what it declares. */
export interface CellModule {
  text: string;
  /** Where the cell's own text begins in it. */
  offset: number;
}

interface Read {
  source: string;
  /** Each with the place of its declaration. */
  declared: Map<string, number>;
  exported: Set<string>;
  mentioned: Set<string>;
}

/** Turns the cells of a notebook into modules; each text is parsed once. */
export class CellModules {
  private readonly read = new Map<string, Read>();

  /** In the order of the notebook. A name that several cells declare comes from the nearest above; one of its own comes from none. */
  make(cells: readonly CellSource[]): Map<string, CellModule> {
    const modules = new Map<string, CellModule>();
    const above = new Map<string, string>();
    for (const { id, source } of cells) {
      const { declared, exported, mentioned } = this.readOf(id, source);
      const imports = [...mentioned]
        .filter((name) => above.has(name) && !declared.has(name))
        .map((name) => `import { ${name} } from "./${above.get(name)}";`);
      const exports = [...declared.keys()].filter((name) => !exported.has(name));
      const head = `${imports.join(' ')}\n`;
      modules.set(id, { text: `${head}${source}\n;export { ${exports.join(', ')} };`, offset: head.length });
      for (const name of declared.keys()) above.set(name, id);
    }
    for (const id of this.read.keys()) if (!modules.has(id)) this.read.delete(id);
    return modules;
  }

  /** By name, the nearest of some cells that declares it. */
  namesOf(cells: readonly CellSource[]): Map<string, string> {
    return new Map(
      cells.flatMap(({ id, source }) => [...this.readOf(id, source).declared.keys()].map((name) => [name, id])),
    );
  }

  /** Where a cell declares a name, in its own text. */
  placeOf(id: string, name: string): number | null {
    return this.read.get(id)?.declared.get(name) ?? null;
  }

  private readOf(id: string, source: string): Read {
    const known = this.read.get(id);
    if (known?.source === source) return known;
    const read = {
      source,
      ...declarations(source),
      mentioned: new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)),
    };
    this.read.set(id, read);
    return read;
  }
}

/** What a text declares at its top: values, types and imports. */
function declarations(source: string): Pick<Read, 'declared' | 'exported'> {
  const declared = new Map<string, number>();
  const exported = new Set<string>();
  const { ExportKeyword } = ts.SyntaxKind;
  for (const statement of ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ESNext, true).statements) {
    const isExported = statement.modifiers?.some(({ kind }) => kind === ExportKeyword) ?? false;
    const clause = statement.importClause;
    const named = [
      ...(statement.declarationList?.declarations.map(({ name }) => name) ?? [statement.name]),
      ...[
        clause?.name,
        clause?.namedBindings?.name,
        ...(clause?.namedBindings?.elements?.map(({ name }) => name) ?? []),
      ],
    ];
    for (const name of named.flatMap(namesIn)) {
      declared.set(name.text!, name.getStart());
      if (isExported) exported.add(name.text!);
    }
  }
  return { declared, exported };
}

/** The name itself, or those of a pattern. */
function namesIn(name: Node | undefined): Node[] {
  if (!name) return [];
  if (name.elements) return name.elements.flatMap((element) => namesIn(element.name));
  return name.kind === ts.SyntaxKind['Identifier'] && name.text ? [name] : [];
}
