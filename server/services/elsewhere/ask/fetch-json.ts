import { complaintOf } from '../../datasets/import/sources/optimade';
import { AnsweredLater, refuseLater } from '../../datasets/import/sources/try-again';
import { fetchAddress, RemoteFault } from '../../remote/fetch-address';

export interface JsonAnswer {
  status: number;
  body: unknown;
  /** After redirects. */
  url: string;
  /** From the question to the end of the answer. */
  latencyMs: number;
}

/** A server says no: with what status, and why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    body: unknown,
  ) {
    super(`It answered ${status}: ${complaintOf(body)}`);
  }
}

const BYTES_MAX = 16 * 1024 ** 2;
/** Of one answer. */
const TIMEOUT_MS = 20_000;
const SILENCE_MS = 12_000;

/** One question, read as JSON whatever it calls itself. Throws RemoteFault, Refused for 4xx and 501, AnsweredLater for what may pass. */
export async function fetchJson(url: string, signal?: AbortSignal): Promise<JsonAnswer> {
  const begun = performance.now();
  const answer = await fetchAddress(url, {
    ...{ bytesMax: BYTES_MAX, timeoutMs: TIMEOUT_MS, silenceMs: SILENCE_MS, signal },
    accept: 'application/vnd.api+json, application/json',
  });
  // 501 is no fault that passes: the server does not know a part of the question.
  if (answer.status !== 501) {
    try {
      refuseLater(answer);
    } catch (err) {
      await answer.body[Symbol.asyncIterator]().return?.();
      throw err;
    }
  }
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  const body = parse(Buffer.concat(chunks).toString('utf8'), answer.status);
  if (answer.status >= 400) throw new Refused(answer.status, body);
  return { status: answer.status, body, url: answer.url, latencyMs: Math.round(performance.now() - begun) };
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (status >= 400) return null;
    if (/^\s*</.test(text))
      throw new RemoteFault(
        'It answered with a web page and not with data: this is not the address of its database.',
        false,
      );
    throw new RemoteFault('Its answer is not JSON, or only a part of it.', true);
  }
}

/** Whether asking again may go well, and after what pause the server wants. */
export function passing(err: unknown): { pauseMs: number | null } | null {
  if (err instanceof AnsweredLater) return { pauseMs: err.pauseMs };
  return err instanceof RemoteFault && err.isPassing ? { pauseMs: null } : null;
}
