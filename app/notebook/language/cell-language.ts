import { libFileMap } from 'monaco-editor/languages/features/typescript/lib/lib.js';
import {
  type Diagnostic,
  type DisplayPart,
  type LanguageService,
  type QuickInfo,
  typescript as ts,
} from 'monaco-editor/languages/features/typescript/lib/typescriptServices.js';
import { type CellModule, CellModules, type CellSource } from './cell-modules';

/** Declarations that every cell sees: of the kernel, and of what it imports as `brine`. */
export interface AmbientTypes {
  deno: string;
  brine: string;
}

export interface Suggestion {
  name: string;
  kind: string;
  insertText: string;
  sortText: string;
  /** The cell that declares it. */
  from: string | null;
}

export interface Explanation {
  code: string;
  text: string;
  /** Of the name that it is about, in the cell's text. */
  start: number;
  end: number;
}

export interface SignatureChoice {
  signatures: { label: string; text: string; parameters: { label: string; text: string }[] }[];
  active: number;
  argument: number;
}

export interface Fault {
  start: number;
  end: number;
  message: string;
  isError: boolean;
}

/** What only the making of modules brings: a cell may give a name of another cell a value. */
const ignoredCodes = new Set([2632, 2539]);
const noModuleCodes = new Set([2307, 2792, 2882]);
/** The kernel finds these, the page does not: what comes from them is `any`. */
const elsewhere = ['npm:', 'jsr:', 'node:', 'http:', 'https:', './', '../', '/'];
const SUGGESTIONS_MAX = 500;
const FAULTS_MAX = 100;
const ROOTS_MAX = 40;

const anyModules = elsewhere
  .slice(0, 5)
  .map((prefix) => `declare module "${prefix}*";`)
  .join('\n');

/** TypeScript's language service over the cells of one notebook, each of which sees the names of those above. */
export class CellLanguage {
  private sources = new Map<string, string>();
  private order: string[] = [];
  private modules: Map<string, CellModule> | null = null;
  private readonly maker = new CellModules();
  private readonly versions = new Map<string, { text: string; version: number }>();
  private readonly fixed: Map<string, string>;
  private readonly service: LanguageService;
  /** Cells that were asked about, the newest last. */
  private roots: string[] = [];

  constructor(types: AmbientTypes) {
    const withoutReferences = types.deno.replace(/^\/\/\/ <reference .*$/gm, '');
    this.fixed = new Map([
      ['/types/deno.d.ts', withoutReferences],
      ['/types/brine.d.ts', types.brine],
      ['/types/modules.d.ts', anyModules],
    ]);
    this.service = ts.createLanguageService(this.host());
  }

  /** The cells of code from top to bottom, and the texts that have changed. */
  update(order: string[], changed: readonly CellSource[]): void {
    this.order = order;
    for (const { id, source } of changed) this.sources.set(id, source);
    this.modules = null;
  }

  suggest(id: string, at: number): Suggestion[] {
    const { file, module } = this.enter(id);
    const found = this.service.getCompletionsAtPosition(file, module.offset + at, {});
    if (!found) return [];
    const own = found.entries
      .filter(({ kindModifiers, source }) => !source && !kindModifiers?.includes('deprecated'))
      .map(({ name, kind, insertText, sortText }) => ({
        name,
        kind,
        insertText: insertText ?? name,
        sortText,
        from: null,
      }));
    if (found.isMemberCompletion) return own.slice(0, SUGGESTIONS_MAX);
    const cellsAbove = this.order.slice(0, this.order.indexOf(id)).map((cell) => this.cell(cell));
    const above = [...this.maker.namesOf(cellsAbove)].map(([name, from]) => ({
      name,
      kind: 'alias',
      insertText: name,
      sortText: '10',
      from,
    }));
    const names = new Set(above.map(({ name }) => name));
    const all = [...above, ...own.filter(({ name }) => !names.has(name))];
    const typed = wordBefore(this.sources.get(id) ?? '', at);
    return all.filter(({ name }) => couldBe(name, typed)).slice(0, SUGGESTIONS_MAX);
  }

  explainSuggestion(id: string, at: number, { name, from }: Pick<Suggestion, 'name' | 'from'>): Explanation | null {
    if (from !== null) {
      const place = this.maker.placeOf(from, name);
      return place === null ? null : this.explain(from, place);
    }
    const { file, module } = this.enter(id);
    const found = this.service.getCompletionEntryDetails(file, module.offset + at, name, {}, undefined, {}, undefined);
    return found ? toExplanation({ ...found, textSpan: { start: 0, length: 0 } }, 0) : null;
  }

  explain(id: string, at: number): Explanation | null {
    const { file, module } = this.enter(id);
    const found = this.service.getQuickInfoAtPosition(file, module.offset + at);
    return found ? toExplanation(found, module.offset) : null;
  }

  signatures(id: string, at: number): SignatureChoice | null {
    const { file, module } = this.enter(id);
    const found = this.service.getSignatureHelpItems(file, module.offset + at, {});
    if (!found) return null;
    const signatures = found.items.map((item) => {
      const parameters = item.parameters.map(({ displayParts, documentation }) => ({
        label: write(displayParts),
        text: write(documentation),
      }));
      const list = parameters.map(({ label }) => label).join(write(item.separatorDisplayParts));
      const label = write(item.prefixDisplayParts) + list + write(item.suffixDisplayParts);
      return { label, text: write(item.documentation), parameters };
    });
    return { signatures, active: found.selectedItemIndex, argument: found.argumentIndex };
  }

  faults(id: string): Fault[] {
    const { file, module } = this.enter(id);
    const source = this.sources.get(id) ?? '';
    // What is missing at the end of a text is missed only in what follows it.
    const toFault = ({ start = 0, length = 0, messageText, category, code }: Diagnostic) => ({
      start: start - module.offset,
      end: start - module.offset + length,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      isError: category === 1,
      code,
    });
    const syntax = this.service
      .getSyntacticDiagnostics(file)
      .map(toFault)
      .map((fault) => ({ ...fault, start: Math.min(fault.start, source.length) }))
      .filter(({ start }, i, all) => i === 0 || start > all[i - 1]!.start);
    const meaning = this.service
      .getSemanticDiagnostics(file)
      .map(toFault)
      .filter(({ start, code }) => start >= 0 && start < source.length && !ignoredCodes.has(code))
      .filter(({ start, code }) => !noModuleCodes.has(code) || !isElsewhere(source.slice(start + 1)));
    return [...syntax, ...meaning]
      .slice(0, FAULTS_MAX)
      .map(({ code: _, ...fault }) => ({ ...fault, end: Math.min(fault.end, source.length) }));
  }

  private enter(id: string): { file: string; module: CellModule } {
    if (this.roots.at(-1) !== id) this.roots = [...this.roots.filter((root) => root !== id), id].slice(-ROOTS_MAX);
    return { file: fileOf(id), module: this.made.get(id) ?? { text: '', offset: 0 } };
  }

  private cell(id: string): CellSource {
    return { id, source: this.sources.get(id) ?? '' };
  }

  private get made(): Map<string, CellModule> {
    this.modules ??= this.maker.make(this.order.map((id) => this.cell(id)));
    return this.modules;
  }

  private textOf(file: string): string | undefined {
    const id = idOf(file);
    if (id !== null) return this.made.get(id)?.text;
    return this.fixed.get(file) ?? libFileMap[file.replace('/lib/', '')];
  }

  private versionOf(file: string): string {
    const text = this.textOf(file) ?? '';
    const known = this.versions.get(file);
    if (known?.text === text) return String(known.version);
    const version = (known?.version ?? 0) + 1;
    this.versions.set(file, { text, version });
    return String(version);
  }

  private host(): object {
    const options = {
      ...{ target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, lib: ['lib.esnext.d.ts'], types: [] },
      ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, allowImportingTsExtensions: true, noEmit: true },
      // A notebook is written quickly: a parameter may go without a type.
      ...{ strict: true, noImplicitAny: false, skipLibCheck: true, allowSyntheticDefaultImports: true },
    };
    return {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...this.fixed.keys(), ...this.roots.filter((id) => this.made.has(id)).map(fileOf)],
      getScriptVersion: (file: string) => this.versionOf(file),
      getScriptSnapshot: (file: string) => {
        const text = this.textOf(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => '/',
      getDefaultLibFileName: () => '/lib/lib.esnext.d.ts',
      fileExists: (file: string) => this.textOf(file) !== undefined,
      readFile: (file: string) => this.textOf(file),
      resolveModuleNameLiterals: (literals: { text: string }[]) =>
        literals.map(({ text }) => ({ resolvedModule: this.resolve(text) })),
    };
  }

  private resolve(name: string): object | undefined {
    if (name === 'brine') return { resolvedFileName: '/types/brine.d.ts', extension: '.d.ts' };
    const id = name.startsWith('./') ? name.slice(2) : null;
    return id !== null && this.made.has(id) ? { resolvedFileName: fileOf(id), extension: '.ts' } : undefined;
  }
}

const fileOf = (id: string) => `/cells/${id}.ts`;
const idOf = (file: string) => /^\/cells\/(.*)\.ts$/.exec(file)?.[1] ?? null;
const write = (parts: DisplayPart[] | undefined) => ts.displayPartsToString(parts);
const isElsewhere = (specifier: string) => elsewhere.some((prefix) => specifier.startsWith(prefix));
const wordBefore = (text: string, at: number) => /[\p{ID_Continue}$]*$/u.exec(text.slice(0, at))![0];

/** Whether the letters typed stand in a name, in their order. */
function couldBe(name: string, typed: string): boolean {
  let at = 0;
  const lower = name.toLowerCase();
  for (const letter of typed.toLowerCase()) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** A name of another cell is an import to the compiler, which nobody wrote. */
function toExplanation({ displayParts, documentation, textSpan }: QuickInfo, offset: number): Explanation {
  const code = write(displayParts)
    .replace(/^\(alias\) /, '')
    .replace(/\nimport [^\n]*$/, '');
  const start = textSpan.start - offset;
  return { code, text: write(documentation), start, end: start + textSpan.length };
}
