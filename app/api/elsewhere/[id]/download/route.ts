import { httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { idSchema } from '@/server/schemas/common';
import { authenticate } from '@/server/services/auth/authenticate';
import { writeFound } from '@/server/services/elsewhere/found';

export const dynamic = 'force-dynamic';

/** All that a search of databases elsewhere found, as OPTIMADE JSON Lines. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    const id = idSchema.safeParse((await params).id);
    if (!actor || !id.success)
      return Response.json({ error: { code: 'not-found', message: 'There is no such search.' } }, { status: 404 });
    const lines = writeFound(actor, { id: id.data });
    // Asked for before the answer begins, so that a search of someone else is 404 and no empty file.
    const head = await lines.next();
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(head.value ?? '')),
      async pull(controller) {
        const { value, done } = await lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: () => void lines.return(undefined),
    });
    return new Response(stream, {
      headers: {
        'content-type': 'application/jsonl; charset=utf-8',
        'content-disposition': 'attachment; filename="found-elsewhere.jsonl"',
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'what a search found could not be written');
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}
