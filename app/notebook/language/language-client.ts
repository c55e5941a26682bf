import type { NotebookState } from '@/server/schemas/notebook/state';
import type { CellLanguage } from './cell-language';
import type { CellSource } from './cell-modules';

/** What the worker is asked: first what has changed of the notebook, then the question. */
export interface Question {
  number: number;
  typesUrl: string;
  cells: { order: string[]; changed: CellSource[] };
  ask: [Method, ...unknown[]];
}

export interface Answer {
  number: number;
  value: unknown;
  error: string | null;
}

type Method = 'suggest' | 'explainSuggestion' | 'explain' | 'signatures' | 'faults';

interface Notebook {
  readonly state: NotebookState;
  sourceOf(cellId: string): string;
}

/** Asks the language service of one open notebook. */
export class LanguageClient {
  private readonly worker = new Worker('/notebooks/language-worker');
  private readonly told = new Map<string, string>();
  private readonly waiting = new Map<number, { resolve(value: unknown): void; reject(err: Error): void }>();
  private number = 0;

  constructor(private readonly notebook: Notebook) {
    this.worker.onmessage = ({ data: { number, value, error } }: MessageEvent<Answer>) => {
      const asked = this.waiting.get(number);
      this.waiting.delete(number);
      if (error === null) asked?.resolve(value);
      else asked?.reject(new Error(error));
    };
  }

  ask<Name extends Method>(
    method: Name,
    ...given: Parameters<CellLanguage[Name]>
  ): Promise<ReturnType<CellLanguage[Name]>> {
    const number = ++this.number;
    return new Promise<unknown>((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      const question: Question = {
        number,
        typesUrl: new URL('/api/notebooks/types', location.href).href,
        cells: this.news(),
        ask: [method, ...given],
      };
      this.worker.postMessage(question);
    }) as Promise<ReturnType<CellLanguage[Name]>>;
  }

  end(): void {
    this.worker.terminate();
  }

  private news(): Question['cells'] {
    const { state } = this.notebook;
    const order = state.order.filter((id) => state.cells[id]!.type === 'code');
    const changed: CellSource[] = [];
    for (const id of order) {
      const source = this.notebook.sourceOf(id);
      if (this.told.get(id) === source) continue;
      this.told.set(id, source);
      changed.push({ id, source });
    }
    return { order, changed };
  }
}
