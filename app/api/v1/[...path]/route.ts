import { AppError, httpStatus, toAppError } from '@/server/errors';
import { answerHttp } from '@/server/routers/http/answer';
import { authenticate } from '@/server/services/auth/authenticate';
import { SIGN_IN } from '@/server/services/auth/gate';

export const dynamic = 'force-dynamic';

async function handler(request: Request, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  const actor = await authenticate(request.headers).catch(toAppError);
  if (actor instanceof AppError || actor === null) {
    const { code, userMessage: message } = actor ?? new AppError('unauthenticated', SIGN_IN);
    return Response.json({ error: { code, message, details: {} } }, { status: httpStatus(code) });
  }
  return answerHttp(actor, (await params).path, request);
}

export { handler as GET, handler as POST };
