import { asJson, db } from '@/server/db/client';
import type { StructureDetail } from '@/server/schemas/structure';
import { toStructureDetail } from './structure-row';
import type { Described } from './thread/tasks';

interface Origin {
  name: string;
  kind: StructureDetail['source']['kind'];
  fileName: string | null;
  /** Of the uploaded file in the blob store. */
  sourceSha256?: string;
}

/** Keeps a structure in the project; the same structure (to the last bit) is kept once, under its first name. */
export async function storeStructure(
  scope: { projectId: string },
  described: Described,
  origin: Origin,
): Promise<StructureDetail> {
  const { structure, hash, formula, elements, summary } = described;
  const row = await db().structure.upsert({
    where: { projectId_hash: { ...scope, hash } },
    // The derived part is made anew, for the code may have learned since.
    update: { summary: asJson(summary), formula },
    create: {
      ...scope,
      hash,
      name: origin.name.slice(0, 200),
      formula,
      elements,
      siteCount: structure.sites.length,
      data: asJson(structure),
      summary: asJson(summary),
      sourceKind: origin.kind,
      fileName: origin.fileName?.slice(0, 255),
      sourceSha256: origin.sourceSha256,
    },
  });
  return toStructureDetail(row);
}
