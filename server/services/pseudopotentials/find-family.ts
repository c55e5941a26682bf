import { db } from '@/server/db/client';
import type { ResolvedElement } from '@/server/schemas/resolved';

/** An installed family as the derivation of a calculation needs it. */
export interface InstalledFamily {
  id: string;
  name: string;
  functional: string;
  elements: Record<string, ResolvedElement>;
}

/** A family of the project or of the platform; null where there is none of that id. */
export async function findFamily(scope: { projectId: string }, id: string | null): Promise<InstalledFamily | null> {
  if (id === null) return null;
  const row = await db().pseudopotentialFamily.findFirst({
    where: { id, OR: [{ projectId: null }, scope] },
    include: { pseudopotentials: true },
  });
  if (!row) return null;
  const elements = row.pseudopotentials.map((entry): [string, ResolvedElement] => [
    entry.element,
    {
      element: entry.element,
      entry: entry.fileName,
      valenceElectrons: entry.valenceElectrons,
      cutoffHartree: { fast: entry.cutoffFast, balanced: entry.cutoffBalanced, stringent: entry.cutoffStringent },
      file: {
        name: entry.fileName,
        sha256: entry.sha256,
        densityCutoffHartree: entry.densityCutoffHartree,
        hasSpinOrbit: entry.hasSpinOrbit,
      },
    },
  ]);
  return { id: row.id, name: row.name, functional: row.functional, elements: Object.fromEntries(elements) };
}
