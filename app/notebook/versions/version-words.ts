import type { VersionSummary } from '@/server/schemas/notebook/versions';

/** What a version is called. */
export function versionTitle({ kind, name }: Pick<VersionSummary, 'kind' | 'name'>): string {
  if (kind === 'named') return name ?? 'Without a name';
  return kind === 'automatic' ? 'Automatic checkpoint' : 'Before a version was restored';
}

/** How much changed since the version before it. */
export function changeWords({ changedCells, cellCount }: Pick<VersionSummary, 'changedCells' | 'cellCount'>): string {
  const cells = `${cellCount} ${cellCount === 1 ? 'cell' : 'cells'}`;
  return changedCells === 0 ? `${cells}, none changed` : `${cells}, ${changedCells} changed`;
}
