import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '@/server/routers';
import { until } from './platform';

interface Place {
  dataFolder: string;
  origin: string;
}

export type Client = ReturnType<typeof connectWith>;

/** The platform's procedures as the command line calls them: with its token. */
export const connect = ({ dataFolder, origin }: Place) =>
  connectWith(origin, { authorization: `Bearer ${readFileSync(join(dataFolder, 'token'), 'utf8').trim()}` });

/** As the pages call them: with the cookie, and the origin that a browser adds. */
export async function signIn({ origin, address }: { origin: string; address: string }) {
  const answer = await fetch(address);
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
  return { cookie, headers: { cookie, origin }, client: connectWith(origin, { cookie, origin }) };
}

function connectWith(origin: string, headers: Record<string, string>) {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${origin}/api/trpc`, transformer: superjson, headers })],
  });
}

/** The calculation once it has ended, well or badly. */
export const untilEnded = (client: Client, id: string, timeoutMs = 120_000) =>
  until(
    async () => {
      const calculation = await client.calculations.get.query({ id });
      return ['finished', 'failed', 'killed'].includes(calculation.state) ? calculation : undefined;
    },
    timeoutMs,
    `calculation ${id} did not end`,
    250,
  );
