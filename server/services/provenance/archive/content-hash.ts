import { createHash } from 'node:crypto';
import type { NodeLine } from './format';

/** SHA-256 of what a value is: its kind, form, content, structure and files, whatever their order. */
export function contentHash({
  kind,
  schemaVersion,
  value,
  structure,
  files,
}: Omit<NodeLine, 'hash' | 'id' | 'createdAt'>) {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, sha256 }) => [name, sha256]);
  const text = canonical({ kind, schemaVersion, value: value ?? null, structure, files: sorted });
  return createHash('sha256').update(text).digest('hex');
}

/** JSON with the keys of objects in order, as PostgreSQL keeps no order of them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
