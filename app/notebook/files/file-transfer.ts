import { TEXT_BYTES_MAX } from '@/server/schemas/notebook/files';

export const joinPath = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Where the bytes of a file are, or of several as a zip. */
export function fileAddress(id: string, path: string, query: Record<string, string | string[]> = {}): string {
  const parameters = new URLSearchParams({ path });
  for (const [key, value] of Object.entries(query)) for (const one of [value].flat()) parameters.append(key, one);
  return `/api/notebooks/${id}/files?${parameters}`;
}

/** Why a route refused, in the words of the platform. */
export class FileFault extends Error {}

/** Writes a file whole or not at all; gives its new mark. */
export async function putFile(address: string, body: Blob | string): Promise<string> {
  const response = await fetch(address, { method: 'PUT', body }).catch(() => {
    throw new FileFault('The platform does not answer. Look whether it still runs in its terminal.');
  });
  if (!response.ok) throw new FileFault(await refusalOf(response));
  return ((await response.json()) as { mark: string }).mark;
}

export interface TextFile {
  text: string;
  mark: string;
}

/** A file as text; refuses what is too large for an editor, or no text. */
export async function getText(address: string): Promise<TextFile> {
  const response = await fetch(address);
  if (!response.ok) throw new FileFault(await refusalOf(response));
  if (Number(response.headers.get('content-length')) > TEXT_BYTES_MAX) {
    await response.body?.cancel();
    throw new FileFault(`The editor takes files of up to ${TEXT_BYTES_MAX / 1e6} MB. Download this one instead.`);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
    if (text.includes('\0')) throw new TypeError('binary');
    return { text, mark: response.headers.get('etag')?.replaceAll('"', '') ?? '' };
  } catch {
    throw new FileFault('This is no text in UTF-8, so it is not opened here. Download it instead.');
  }
}

const refusalOf = async (response: Response): Promise<string> =>
  ((await response.json().catch(() => null)) as { error?: { message?: string } } | null)?.error?.message ??
  `The platform answered ${response.status}.`;
