/** What is used here of TypeScript's services, which Monaco brings as a module without types. */
declare module 'monaco-editor/languages/features/typescript/lib/typescriptServices.js' {
  export interface Node {
    kind: number;
    name?: Node;
    text?: string;
    end: number;
    getStart(): number;
    modifiers?: readonly Node[];
    statements: readonly Node[];
    declarationList?: { declarations: readonly Node[] };
    elements?: readonly Node[];
    importClause?: { name?: Node; namedBindings?: Node };
  }
  export interface TextSpan {
    start: number;
    length: number;
  }
  export interface DisplayPart {
    text: string;
    kind: string;
  }
  export interface QuickInfo {
    kind: string;
    textSpan: TextSpan;
    displayParts?: DisplayPart[];
    documentation?: DisplayPart[];
  }
  export interface CompletionEntry {
    name: string;
    kind: string;
    kindModifiers?: string;
    sortText: string;
    insertText?: string;
    source?: string;
    replacementSpan?: TextSpan;
  }
  export interface SignatureHelpItems {
    applicableSpan: TextSpan;
    selectedItemIndex: number;
    argumentIndex: number;
    items: {
      prefixDisplayParts: DisplayPart[];
      separatorDisplayParts: DisplayPart[];
      suffixDisplayParts: DisplayPart[];
      documentation: DisplayPart[];
      parameters: { displayParts: DisplayPart[]; documentation: DisplayPart[] }[];
    }[];
  }
  export interface Diagnostic {
    code: number;
    category: number;
    start?: number;
    length?: number;
    messageText: unknown;
  }
  export interface LanguageService {
    getCompletionsAtPosition(
      file: string,
      position: number,
      options: object,
    ): { isMemberCompletion: boolean; entries: CompletionEntry[] } | undefined;
    getCompletionEntryDetails(
      file: string,
      position: number,
      name: string,
      formatting: object,
      source: string | undefined,
      preferences: object,
      data: undefined,
    ): QuickInfo | undefined;
    getQuickInfoAtPosition(file: string, position: number): QuickInfo | undefined;
    getSignatureHelpItems(file: string, position: number, options: object): SignatureHelpItems | undefined;
    getSyntacticDiagnostics(file: string): Diagnostic[];
    getSemanticDiagnostics(file: string): Diagnostic[];
  }
  export const typescript: {
    SyntaxKind: Record<string, number>;
    ScriptTarget: { ESNext: number };
    ModuleKind: { ESNext: number };
    ModuleResolutionKind: { Bundler: number };
    ScriptSnapshot: { fromString(text: string): object };
    createSourceFile(name: string, text: string, target: number, setParents: boolean): Node;
    createLanguageService(host: object): LanguageService;
    displayPartsToString(parts: DisplayPart[] | undefined): string;
    flattenDiagnosticMessageText(text: unknown, newLine: string): string;
  };
}

declare module 'monaco-editor/languages/features/typescript/lib/lib.js' {
  export const libFileMap: Record<string, string>;
}
