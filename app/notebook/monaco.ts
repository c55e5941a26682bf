import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/caretOperations/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/longLinesHelper/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/parameterHints/register.js';
import 'monaco-editor/features/smartSelect/register.js';
import 'monaco-editor/features/snippet/register.js';
// The door of that feature leaves its list out.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/tokenization/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/markdown/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';
import * as monaco from 'monaco-editor/editor/editor.api.js';
import { withoutAnsi } from '@/server/schemas/notebook/ansi-sequence';
import type { Completion } from '@/server/schemas/notebook/notebooks';
import type { Bundle } from '@/server/schemas/notebook/state';
import { tokenValue } from '../theme/tokens';
import type { NotebookClient } from './notebook-client';

/** Loaded only where a cell is edited: the editor is larger than all the rest of the page. */
export { monaco };

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(): Worker };
  }
}

window.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), { type: 'module' }),
};

for (const scheme of ['light', 'dark'] as const) {
  const color = (name: Parameters<typeof tokenValue>[0]) => tokenValue(name, scheme);
  monaco.editor.defineTheme(`brine-${scheme}`, {
    base: scheme === 'light' ? 'vs' : 'vs-dark',
    inherit: true,
    rules:
      scheme === 'light'
        ? [
            { token: 'comment', foreground: '5a6b5a' },
            { token: 'number', foreground: '0b6e4f' },
            { token: 'type.identifier', foreground: '1b6a78' },
          ]
        : [{ token: 'comment', foreground: '8fae8f' }],
    colors: {
      'editor.background': color('raised'),
      'editor.foreground': color('ink'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editorWidget.background': color('surface'),
      'editorSuggestWidget.background': color('surface'),
      'editorCursor.foreground': color('accent'),
      focusBorder: color('accent'),
    },
  });
}

/** What the runtime of a notebook knows; asked by the editor while a person types. */
export interface CodeHelp {
  complete(code: string, offset: number): Promise<Completion | null>;
  inspect(code: string, offset: number): Promise<Bundle | null>;
}

/** Of each open notebook by its id. */
export const codeHelps = new Map<string, CodeHelp>();
/** `brine-cell:/<notebook>/<cell>` */
export const modelUri = (notebookId: string, cellId: string) =>
  monaco.Uri.from({ scheme: 'brine-cell', path: `/${notebookId}/${cellId}` });
const helpFor = (model: monaco.editor.ITextModel) => codeHelps.get(model.uri.path.split('/')[1] ?? '');

const services = new Map<string, Promise<() => void>>();

/** The language service of TypeScript, which is larger than the editor, comes once somebody goes into a cell. */
export function beginTypescript(notebook: NotebookClient): void {
  if (services.has(notebook.id)) return;
  services.set(
    notebook.id,
    import('./language/typescript-providers').then(({ startTypescript }) => startTypescript(notebook)),
  );
}

export function endTypescript(notebookId: string): void {
  void services.get(notebookId)?.then((end) => end());
  services.delete(notebookId);
}

const kinds: Record<string, monaco.languages.CompletionItemKind> = {
  function: monaco.languages.CompletionItemKind.Function,
  class: monaco.languages.CompletionItemKind.Class,
  module: monaco.languages.CompletionItemKind.Module,
  keyword: monaco.languages.CompletionItemKind.Keyword,
  instance: monaco.languages.CompletionItemKind.Variable,
  path: monaco.languages.CompletionItemKind.File,
};

// Of TypeScript the language service knows more (language/typescript-providers.ts).
for (const language of ['javascript', 'python', 'plaintext']) {
  monaco.languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['.'],
    async provideCompletionItems(model, position) {
      const answer = await helpFor(model)
        ?.complete(model.getValue(), model.getOffsetAt(position))
        .catch(() => null);
      if (!answer) return { suggestions: [] };
      const range = monaco.Range.fromPositions(model.getPositionAt(answer.start), model.getPositionAt(answer.end));
      return {
        suggestions: answer.matches.map(({ text, type }, i) => ({
          label: text,
          insertText: text,
          range,
          kind: kinds[type ?? ''] ?? monaco.languages.CompletionItemKind.Variable,
          sortText: String(i).padStart(4, '0'),
        })),
      };
    },
  });
  monaco.languages.registerHoverProvider(language, {
    async provideHover(model, position) {
      const word = model.getWordAtPosition(position);
      if (!word) return null;
      const end = model.getOffsetAt({ lineNumber: position.lineNumber, column: word.endColumn });
      const bundle = await helpFor(model)
        ?.inspect(model.getValue(), end)
        .catch(() => null);
      const value = bundle?.['text/plain'];
      if (!value || !('inline' in value)) return null;
      // As code: what a library says of itself is shown as it stands, and makes no links.
      const text = withoutAnsi(String(value.inline)).slice(0, 4_000);
      return { contents: [{ value: `\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\`` }] };
    },
  });
}
