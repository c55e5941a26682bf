import type { Bundle, MimeValue } from '@/server/schemas/notebook/state';

/** Pictures that the page shows as they are; SVG, which can hold scripts, is none of them. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

export const blobAddress = (notebookId: string, sha256: string, type = '') =>
  `/api/notebooks/${notebookId}/blobs/${sha256}${type ? `?type=${encodeURIComponent(type)}` : ''}`;

/** Where the picture of a bundle is found; null where it holds none. */
export function imageAddress(notebookId: string, bundle: Bundle): string | null {
  const type = imageTypes.find((one) => one in bundle);
  if (!type) return null;
  const value = bundle[type]!;
  if ('blob' in value) return blobAddress(notebookId, value.blob, type);
  return `data:${type};base64,${String(value.inline).replace(/[^A-Za-z0-9+/=]/g, '')}`;
}

/** A value, fetched where it is large. */
export async function readValue(notebookId: string, value: MimeValue): Promise<unknown> {
  if ('inline' in value) return value.inline;
  const response = await fetch(blobAddress(notebookId, value.blob));
  if (!response.ok) throw new Error('The output could not be fetched from the platform.');
  return value.encoding === 'json' ? response.json() : response.text();
}
