import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OddServer {
  origin: string;
  /** Paths with their queries, in the order in which they came. */
  asked: string[];
  stop(): Promise<unknown>;
}

/** A real server on loopback that answers as it likes. */
export async function serveOdd(answer: RequestListener): Promise<OddServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop };
}

/** A page of OPTIMADE with these entries. */
export const pageOf = (data: unknown[], more: object = {}) =>
  JSON.stringify({ data, links: { next: null }, meta: { api_version: '1.1.0' }, ...more });

/** Rock salt of the conventional cell, moved and turned, as another program would write it. */
export function conventionalSalt(id: string, [cation, anion]: readonly [string, string], a: number) {
  const corners = [
    [0, 0, 0],
    [0, 0.5, 0.5],
    [0.5, 0, 0.5],
    [0.5, 0.5, 0],
  ];
  // Axes exchanged, and the origin elsewhere.
  const place = ([x, y, z]: number[], shift: number) => [(z! + 0.13) * a, (x! + shift + 0.21) * a, (y! + 0.37) * a];
  return {
    id,
    type: 'structures',
    attributes: {
      lattice_vectors: [
        [a, 0, 0],
        [0, a, 0],
        [0, 0, a],
      ],
      cartesian_site_positions: [...corners.map((one) => place(one, 0)), ...corners.map((one) => place(one, 0.5))],
      species_at_sites: [...corners.map(() => cation), ...corners.map(() => anion)],
      species: [cation, anion].map((name) => ({ name, chemical_symbols: [name], concentration: [1] })),
      dimension_types: [1, 1, 1],
    },
  };
}
