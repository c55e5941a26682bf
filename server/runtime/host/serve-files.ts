import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@/server/errors';
import { makeFolder, moveFile, removeFile } from '../files/change-files';
import { readFileBytes, writeFileBytes } from '../files/file-bytes';
import { listFolder } from '../files/list-folder';

/** What is done with the files of a notebook, open or not. Gives what is answered; null where it was answered as a stream. */
export async function answerFiles(
  notebookId: string,
  { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<unknown> {
  const path = url.searchParams.get('path') ?? '';
  const what = url.searchParams.get('do');
  switch (`${request.method} ${what}`) {
    case 'GET list':
      return listFolder(notebookId, path);
    case 'GET bytes': {
      const { bytes, mark, stream } = await readFileBytes(notebookId, path);
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': bytes,
        etag: `"${mark}"`,
      });
      await pipeline(stream, response);
      return null;
    }
    case 'PUT bytes':
      return writeFileBytes({ notebookId, path, bytes: request, mark: url.searchParams.get('mark') });
    case 'POST folder':
      await makeFolder(notebookId, path);
      return {};
    case 'POST move':
      await moveFile(notebookId, path, url.searchParams.get('to') ?? '');
      return {};
    case 'POST remove':
      await removeFile(notebookId, path);
      return {};
    default:
      throw new AppError('not-found', `${request.method} ${what}`);
  }
}
