import { monaco } from '../monaco';
import type { NotebookClient } from '../notebook-client';
import type { Explanation, Suggestion } from './cell-language';
import { LanguageClient } from './language-client';

/** After the last change, until faults are looked for. */
const PAUSE_MS = 400;
const LANGUAGE = 'typescript';
const { CompletionItemKind } = monaco.languages;

const kinds: Record<string, monaco.languages.CompletionItemKind> = {
  ...{ function: CompletionItemKind.Function, 'local function': CompletionItemKind.Function },
  ...{ method: CompletionItemKind.Method, property: CompletionItemKind.Property, getter: CompletionItemKind.Property },
  ...{ class: CompletionItemKind.Class, interface: CompletionItemKind.Interface, type: CompletionItemKind.Interface },
  ...{ enum: CompletionItemKind.Enum, module: CompletionItemKind.Module, keyword: CompletionItemKind.Keyword },
  ...{ const: CompletionItemKind.Constant, string: CompletionItemKind.Text },
};

/** Of each open notebook by its id. */
const clients = new Map<string, LanguageClient>();
let isRegistered = false;

/** Starts the language service of a notebook. Gives what ends it. */
export function startTypescript(notebook: NotebookClient): () => void {
  const client = new LanguageClient(notebook);
  clients.set(notebook.id, client);
  if (!isRegistered) register();
  isRegistered = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const markLater = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void markFaults(notebook.id, client), PAUSE_MS);
  };
  let before = { state: notebook.state, texts: 0 };
  let texts = 0;
  const countText = () => void texts++;
  notebook.doc.on('update', countText);
  const unsubscribe = notebook.subscribe(() => {
    const { order } = notebook.state;
    if (order === before.state.order && texts === before.texts) return;
    before = { state: notebook.state, texts };
    markLater();
  });
  markLater();
  return () => {
    clearTimeout(timer);
    unsubscribe();
    notebook.doc.off('update', countText);
    clients.delete(notebook.id);
    client.end();
  };
}

/** The faults of all cells that have an editor: a change in one may be felt in others. */
async function markFaults(notebookId: string, client: LanguageClient): Promise<void> {
  for (const model of monaco.editor.getModels()) {
    const { notebook, cellId } = placeOf(model);
    if (notebook !== notebookId || model.getLanguageId() !== LANGUAGE) continue;
    const version = model.getVersionId();
    const faults = await client.ask('faults', cellId).catch(() => []);
    if (model.isDisposed() || model.getVersionId() !== version) continue;
    const markers = faults.map(({ start, end, message, isError }) => ({
      ...rangeOf(model, start, Math.max(end, start + 1)),
      message,
      severity: isError ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    }));
    monaco.editor.setModelMarkers(model, LANGUAGE, markers);
  }
}

function register(): void {
  monaco.languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['.'],
    async provideCompletionItems(model, position) {
      const place = placeIn(model, position);
      const found = await place?.client.ask('suggest', place.cellId, place.at).catch(() => null);
      const word = model.getWordUntilPosition(position);
      const range = {
        ...{ startLineNumber: position.lineNumber, startColumn: word.startColumn },
        ...{ endLineNumber: position.lineNumber, endColumn: position.column },
      };
      const suggestions = (found ?? []).map((suggestion) => ({
        label: suggestion.name,
        insertText: suggestion.insertText,
        sortText: suggestion.sortText,
        kind: kinds[suggestion.kind] ?? CompletionItemKind.Variable,
        range,
        asked: { model, at: model.getOffsetAt(position), suggestion },
      }));
      return { suggestions };
    },
    async resolveCompletionItem(item) {
      const { model, at, suggestion } = (item as typeof item & { asked: Asked }).asked;
      const { notebook, cellId } = placeOf(model);
      const found = await clients
        .get(notebook)
        ?.ask('explainSuggestion', cellId, at, suggestion)
        .catch(() => null);
      return found ? { ...item, detail: found.code, documentation: found.text } : item;
    },
  });
  monaco.languages.registerHoverProvider(LANGUAGE, {
    async provideHover(model, position) {
      const place = placeIn(model, position);
      const found = await place?.client.ask('explain', place.cellId, place.at).catch(() => null);
      if (!found) return null;
      return { contents: toMarkdown(found), range: rangeOf(model, found.start, found.end) };
    },
  });
  monaco.languages.registerSignatureHelpProvider(LANGUAGE, {
    signatureHelpTriggerCharacters: ['(', ','],
    async provideSignatureHelp(model, position) {
      const place = placeIn(model, position);
      const found = await place?.client.ask('signatures', place.cellId, place.at).catch(() => null);
      if (!found) return null;
      const signatures = found.signatures.map(({ label, text, parameters }) => ({
        ...{ label, documentation: text },
        parameters: parameters.map((one) => ({ label: one.label, documentation: one.text })),
      }));
      const value = { signatures, activeSignature: found.active, activeParameter: found.argument };
      return { value, dispose: () => undefined };
    },
  });
}

interface Asked {
  model: monaco.editor.ITextModel;
  at: number;
  suggestion: Suggestion;
}

/** What to ask whom; a page whose worker cannot be loaded has no help, and all else. */
function placeIn(model: monaco.editor.ITextModel, position: monaco.Position) {
  const { notebook, cellId } = placeOf(model);
  const client = clients.get(notebook);
  return client ? { client, cellId, at: model.getOffsetAt(position) } : null;
}

function placeOf(model: monaco.editor.ITextModel): { notebook: string; cellId: string } {
  const [, notebook = '', cellId = ''] = model.uri.path.split('/');
  return { notebook, cellId };
}

const rangeOf = (model: monaco.editor.ITextModel, start: number, end: number) =>
  monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

/** What a library says of itself is shown as it stands, and makes no links. */
const toMarkdown = ({ code, text }: Explanation): monaco.IMarkdownString[] => [
  { value: `\`\`\`typescript\n${code.replaceAll('```', "'''")}\n\`\`\`` },
  ...(text ? [{ value: `\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\`` }] : []),
];
