/** What the platform refused or could not do: its sentence, and what to do next. `code` is stable. */
export class BrineError extends Error {
  override name = 'BrineError';

  constructor(
    message: string,
    readonly code: string,
    /** Of the page where more is told. */
    readonly url: string | null = null,
  ) {
    super(message);
  }
}

interface Environment {
  Deno?: { env: { get(name: string): string | undefined } };
}

/** The platform that this code belongs to; read at each use, for a kernel that waited gets it late. */
function access(): { origin: string; token: string } {
  const variables = (globalThis as Environment).Deno?.env;
  const token = variables?.get('BRINE_TOKEN');
  const origin = (variables?.get('BRINE_URL') ?? 'http://127.0.0.1:3000').replace(/\/+$/, '');
  if (!token)
    throw new BrineError(
      'This code does not know a platform. Run it in a notebook of one, or set BRINE_URL and BRINE_TOKEN (docs/programs.md).',
      'unauthenticated',
    );
  return { origin, token };
}

/** The address of a page of the platform. */
export const pageUrl = (path: string): string => `${access().origin}${path}`;

/** The answer of a procedure of the HTTP API that reads. */
export const ask = <Answer>(procedure: string, input: unknown): Promise<Answer> =>
  request(`/api/v1/${procedure.replace('.', '/')}?input=${encodeURIComponent(JSON.stringify(input))}`, {});

/** The answer of a procedure that changes something. */
export const tell = <Answer>(procedure: string, input: unknown): Promise<Answer> =>
  request(`/api/v1/${procedure.replace('.', '/')}`, { method: 'POST', body: JSON.stringify(input) });

/** The text of a file of the platform. */
export const fetchText = async (path: string): Promise<string> => (await open(path, {})).text();

const TIMEOUT_MS = 60_000;

const request = async <Answer>(path: string, init: RequestInit): Promise<Answer> =>
  (await (await open(path, init)).json()) as Answer;

async function open(path: string, init: RequestInit): Promise<Response> {
  const { origin, token } = access();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${origin}${path}`, { ...init, headers, signal }).catch((err: unknown) => {
    throw new BrineError(`The platform at ${origin} does not answer: ${String(err)}`, 'unavailable');
  });
  if (response.ok) return response;
  const told = (await response.json().catch(() => ({}))) as { error?: { code: string; message: string } };
  throw new BrineError(
    told.error?.message ?? `The platform answered ${response.status}.`,
    told.error?.code ?? (response.status >= 502 ? 'unavailable' : 'internal'),
  );
}
