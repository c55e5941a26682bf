import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '@/server/routers';
import { authenticate } from '@/server/services/auth/authenticate';

export const dynamic = 'force-dynamic';

const handler = (req: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: async () => ({ actor: await authenticate(req.headers), signal: req.signal }),
  });

export { handler as GET, handler as POST };
