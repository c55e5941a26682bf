import type { z } from 'zod';
import type { Structure } from '@/kernels/crystal/schema';
import type { ExportedFile, exportStructureSchema } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireStructure } from './structure-row';
import { inThread } from './thread/in-thread';

const formats = {
  cif: { extension: '.cif', mediaType: 'chemical/x-cif' },
  poscar: { extension: '.vasp', mediaType: 'text/plain' },
  xyz: { extension: '.xyz', mediaType: 'chemical/x-xyz' },
  xsf: { extension: '.xsf', mediaType: 'text/plain' },
  espresso: { extension: '.pwi', mediaType: 'text/plain' },
  json: { extension: '.json', mediaType: 'application/json' },
} as const;

export async function exportStructure(
  actor: Actor,
  { id, format }: z.infer<typeof exportStructureSchema>,
): Promise<ExportedFile> {
  const row = await requireStructure(await projectScope(actor, 'read'), id);
  const text = await inThread('write', { structure: row.data as unknown as Structure, format });
  const { extension, mediaType } = formats[format];
  return { fileName: `${row.formula}${extension}`, mediaType, text };
}
