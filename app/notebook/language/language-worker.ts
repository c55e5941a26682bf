import { type AmbientTypes, CellLanguage } from './cell-language';
import type { Answer, Question } from './language-client';

let language: Promise<CellLanguage> | null = null;

/** The declarations come from the server once; where they do not, names of the kernel and of the platform are unknown. */
async function begin(typesUrl: string): Promise<CellLanguage> {
  const response = await fetch(typesUrl);
  if (!response.ok) throw new Error(`the types could not be fetched: ${response.status}`);
  return new CellLanguage((await response.json()) as AmbientTypes);
}

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  const { number, typesUrl, cells, ask } = data;
  const answer: Answer = { number, value: null, error: null };
  try {
    language ??= begin(typesUrl);
    const cellLanguage = await language;
    if (cells) cellLanguage.update(cells.order, cells.changed);
    const [method, ...given] = ask;
    answer.value = (cellLanguage[method] as (...given: unknown[]) => unknown).apply(cellLanguage, given);
  } catch (err) {
    answer.error = String(err);
  }
  self.postMessage(answer);
};
