import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOptimade } from '@/server/optimade/answer';
import type { Actor } from '@/server/services/actor';
import { servedDatasets } from '@/server/services/datasets/served-datasets';

export interface ServedDatabases {
  origin: string;
  /** Paths with their queries, in the order in which they came. */
  asked: string[];
  /** Answers in the place of the database where it gives true. */
  manners: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  stop(): Promise<unknown>;
}

/** A real server on loopback that answers as the platform's own OPTIMADE route does, well-mannered unless told otherwise. */
export async function serveOptimade(actor: Actor): Promise<ServedDatabases> {
  const served: ServedDatabases = { origin: '', asked: [], manners: null, stop: () => Promise.resolve() };
  const server = createServer(async (request, response) => {
    served.asked.push(request.url!);
    if (served.manners?.(request, response)) return;
    const url = new URL(request.url!, served.origin);
    const { status, contentType, body } = await answerOptimade({
      site: { root: `${served.origin}/optimade`, softwareVersion: '0' },
      path: url.pathname.split('/').filter(Boolean).slice(1).map(decodeURIComponent),
      query: url.searchParams,
      datasets: await servedDatasets(actor),
    });
    response.writeHead(status, { 'content-type': contentType }).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  served.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  served.stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return served;
}
