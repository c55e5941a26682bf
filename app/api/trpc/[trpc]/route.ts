import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { AppError, httpStatus, toAppError, trpcCode } from '@/server/errors';
import { appRouter } from '@/server/routers';
import { authenticate } from '@/server/services/auth/authenticate';
import { SIGN_IN } from '@/server/services/auth/gate';

export const dynamic = 'force-dynamic';

/** A stranger is told so before anything is read, also where an event stream was asked for. */
async function handler(req: Request): Promise<Response> {
  const actor = await authenticate(req.headers).catch(toAppError);
  if (actor instanceof AppError || actor === null) return refuse(actor ?? new AppError('unauthenticated', SIGN_IN));
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: () => ({ actor, signal: req.signal }),
  });
}

/** As tRPC words an error, with its superjson. */
function refuse({ code, userMessage: message }: AppError): Response {
  const status = httpStatus(code);
  const data = { code: trpcCode(code), httpStatus: status, error: code, details: {} };
  const error = { json: { message, code: TRPC_ERROR_CODES_BY_KEY[trpcCode(code)], data } };
  return Response.json({ error }, { status });
}

export { handler as GET, handler as POST };
