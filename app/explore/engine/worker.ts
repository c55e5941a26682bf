import type { DatasetIndex } from '@/server/schemas/dataset-index';
import type { Reply, Request } from './messages';
import { ExplorerSession } from './session';

/** The thread that holds a dataset: the page stays free whatever is asked. */
const scope = self as unknown as {
  onmessage: (event: { data: Request }) => void;
  postMessage: (reply: Reply, transfer?: Transferable[]) => void;
};

let session: ExplorerSession | null = null;

scope.onmessage = ({ data }) => {
  if (data.is === 'load') void load(data.address);
  else if (session) answer(session, data);
};

async function load(address: string): Promise<void> {
  const started = performance.now();
  try {
    const response = await fetch(address);
    if (!response.ok) {
      const { error } = (await response.json()) as { error: { message: string } };
      throw new Error(error.message);
    }
    const unpacked = response.body!.pipeThrough(new DecompressionStream('gzip'));
    session = new ExplorerSession((await new Response(unpacked).json()) as DatasetIndex);
    scope.postMessage(session.loaded(performance.now() - started));
  } catch (err) {
    scope.postMessage({ is: 'failed', message: err instanceof Error ? err.message : String(err) });
  }
}

function answer(held: ExplorerSession, request: Exclude<Request, { is: 'load' }>): void {
  if (request.is === 'select') {
    const reply = held.select(request);
    scope.postMessage(reply, [reply.elementCounts.buffer]);
  } else if (request.is === 'rows') scope.postMessage(held.rows(request));
  else {
    const reply = held.points(request);
    scope.postMessage(reply, [reply.rows.buffer, ...reply.values.map(({ buffer }) => buffer)]);
  }
}
