import { AppError, httpStatus, toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import { FILE_MAX } from '@/server/schemas/app/inputs';
import { idSchema } from '@/server/schemas/common';
import { addVisitFile } from '@/server/services/apps/visit-files';
import { authenticate } from '@/server/services/auth/authenticate';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ id: string }>;
}

/** A visitor's file for an opened app as the body of the request, its name in `?name=`. Reading ends at the byte limit. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  try {
    const actor = await authenticate(request.headers);
    if (!actor)
      return Response.json({ error: { code: 'unauthenticated', message: 'Sign in first.' } }, { status: 401 });
    const { id } = await params;
    if (!idSchema.safeParse(id).success) throw new AppError('not-found', 'no id');
    const bytes = await readLimited(request);
    const name = new URL(request.url).searchParams.get('name') ?? 'file';
    return Response.json(await addVisitFile(actor, { id, name, bytes }));
  } catch (thrown) {
    const err = toAppError(thrown);
    if (err.code === 'internal') logger.error({ err: thrown }, 'a file for an app could not be taken');
    return Response.json({ error: { code: err.code, message: err.userMessage } }, { status: httpStatus(err.code) });
  }
}

async function readLimited(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > FILE_MAX)
      throw new AppError('too-large', 'an input file is too large', {
        userMessage: `A file for an app holds at most ${FILE_MAX / 1e6} MB.`,
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
