import type { Structure as StructureRow } from '@/generated/prisma/client';
import { checkPeriodicity } from '@/kernels/crystal/check-structure';
import type { Structure } from '@/kernels/crystal/schema';
import { defaultBandCount } from '@/kernels/planewave/estimate';
import { boundariesOf } from '@/server/engines/boundaries';
import { estimate, planeWaveCount } from '@/server/engines/planewave/estimate';
import type { DraftData } from '@/server/schemas/draft';
import type { Derived, Notice, Resolved } from '@/server/schemas/resolved';
import { type Physics, physicsSchema } from '@/server/schemas/settings';
import type { InstalledFamily } from '../../pseudopotentials/find-family';
import type { StoredSummary } from '../../structures/structure-row';
import { derive } from './derive';
import { resolveElements } from './elements';
import { checkEdits, checkEngine, LATEST_ESPRESSO } from './engine';
import { makeLabel } from './label';
import { withLayerGrids } from './layers';
import { resolveGrid, resolveMeshes } from './meshes';
import { checkLabel, checkResources, checkSettings, type Machine } from './notices';
import { resolveOccupations } from './occupations';
import { resolveProperties } from './properties';
import { protocolNumbers } from './protocol-numbers';
import { checkVacuum } from './vacuum';

/** All that follows from a draft: derived numbers with their sources, estimate, warnings and blockers. */
export async function resolve(
  draft: DraftData,
  row: StructureRow | null,
  machine: Machine | null,
  installed: InstalledFamily | null = null,
): Promise<Resolved> {
  const structure = row && (row.data as unknown as Structure);
  const issues = row ? (row.summary as unknown as StoredSummary).issues : [];
  const numbers = protocolNumbers[draft.protocol];
  const { overrides, protocol, functional } = draft;
  const blockers: Notice[] = [];
  const warnings: Notice[] = [];
  for (const { code, message, severity } of issues)
    (severity === 'error' ? blockers : warnings).push({ code, message, step: 'structure', property: null });
  if (structure && blockers.length === 0)
    for (const { code, message } of checkPeriodicity(structure)) {
      const notice: Notice = { code, message, step: 'structure', property: null };
      if (code === 'no-cell') blockers.push(notice);
      // A layer and a molecule are computed alone; what ends in another way is not.
      else if (boundariesOf(structure) === 'periodic') warnings.push(notice);
    }
  const isSound = structure !== null && blockers.length === 0;
  const physics = physicsSchema.parse(draft);
  const family = isSound
    ? resolveElements(structure, draft, installed)
    : { elements: [], electrons: null, blockers: [] };
  blockers.push(...family.blockers);
  const { elements, electrons } = family;
  const occupations = resolveOccupations(draft, electrons);
  const gradientScale = functional.startsWith('lda') ? 1 : numbers.gridScale;
  const common = {
    ...physics,
    protocol,
    functional,
    structureId: draft.structureId,
    formula: row?.formula ?? null,
    ...occupations.numbers,
    gridScale: derive(
      gradientScale,
      gradientScale === 1 ? 'the smallest exact grid' : `gradient functional, ${protocol}`,
      overrides.gridScale,
    ),
    energyToleranceHartreePerAtom: derive(
      numbers.energyToleranceHartreePerAtom,
      protocol,
      overrides.energyToleranceHartreePerAtom,
    ),
    maxIterations: derive(80, 'always', overrides.maxIterations),
    symmetry: overrides.symmetry ?? true,
    elements,
    electrons,
    cores: derive(machine?.cores ?? 1, 'all of the computer', draft.resources.cores ?? undefined),
    computer: machine && { id: machine.id, name: machine.name, cores: machine.cores, memoryBytes: machine.memoryBytes },
  };
  const automaticLabel = makeLabel(draft, row?.formula ?? null);
  const label = draft.label?.trim() || automaticLabel;
  const meshes = isSound && elements.length > 0 ? await resolveMeshes(draft, structure) : null;
  const cutoffHartree = isSound && family.blockers.length === 0 ? resolveCutoff(draft, elements) : null;
  const fftGrid =
    isSound && cutoffHartree
      ? await resolveGrid(draft, {
          ...{ structure, elements },
          cutoffHartree: cutoffHartree.value,
          scale: common.gridScale.value,
        })
      : null;
  const properties = await resolveProperties(draft, isSound ? structure : null, meshes?.mesh.value ?? null);
  if (isSound) blockers.push(...checkVacuum(structure, draft));
  const engineNotices = checkEngine({ draft, structure, elements, machine, installed });
  blockers.push(
    ...occupations.blockers,
    ...(meshes?.blockers ?? []),
    ...properties.blockers,
    ...checkSettings(draft, row !== null),
    ...engineNotices.blockers,
    ...checkLabel(label),
  );
  warnings.push(
    ...engineNotices.warnings,
    ...properties.warnings,
    ...(meshes?.warnings ?? []),
    ...(cutoffHartree ? warnCutoff(cutoffHartree, elements) : []),
  );
  const cost =
    structure && cutoffHartree && meshes?.count && electrons !== null
      ? estimate({
          ...{ structure, functional, elements, electrons },
          cutoffHartree: cutoffHartree.value,
          gridScale: common.gridScale.value,
          kpoints: meshes.count.irreducible,
          propertyKpoints: properties.kpoints,
          propertyCycles: properties.cycles,
          properties: Object.keys(properties.resolved),
          cores: common.cores.value,
          spin: spinOf(physics),
        })
      : null;
  const planeWaves = structure && cutoffHartree ? planeWaveCount(structure, cutoffHartree.value) : null;
  if (planeWaves !== null && electrons !== null && planeWaves < defaultBandCount(electrons))
    blockers.push(
      noticeOf(
        'cutoff-too-low',
        `A cutoff of ${cutoffHartree!.value} Ha leaves ${planeWaves} plane waves, fewer than the ${defaultBandCount(electrons)} bands of this cell.`,
      ),
    );
  const resources = checkResources(draft, cost, machine, common.cores.value);
  const resolved: Resolved = {
    ...common,
    label,
    automaticLabel,
    cutoffHartree,
    fftGrid,
    mesh: meshes?.mesh ?? null,
    shift: meshes?.shift ?? null,
    kpointCount: meshes?.count ? { full: meshes.count.full, irreducible: meshes.count.irreducible } : null,
    planeWaves,
    bandCount: electrons === null ? null : defaultBandCount(electrons),
    properties: await withLayerGrids(draft, { ...common, cutoffHartree, properties: properties.resolved }),
    estimate: cost,
    notes: [...occupations.notes, ...(functional === 'pbesol' && !installed ? [PBESOL_NOTE] : [])],
    warnings: [...warnings, ...resources.warnings],
    blockers: [...blockers, ...resources.blockers],
  };
  if (structure && draft.engine === 'espresso' && resolved.blockers.length === 0)
    resolved.blockers.push(...checkEdits(resolved, structure, machine?.espresso ?? LATEST_ESPRESSO));
  return resolved;
}

const spinOf = ({ spinOrbit, magnetism }: Physics) => (spinOrbit ? 'noncollinear' : magnetism.kind);

const PBESOL_NOTE = 'PBEsol is used with the pseudopotentials made for PBE: the family has none of its own.';

const noticeOf = (code: string, message: string): Notice => ({ code, message, step: 'properties', property: null });

function resolveCutoff({ protocol, overrides }: DraftData, elements: Resolved['elements']): Derived<number> {
  const hardest = elements.reduce((a, b) => (b.cutoffHartree[protocol] > a.cutoffHartree[protocol] ? b : a));
  const source = `${hardest.element} (${hardest.entry}), ${protocol}`;
  return derive(hardest.cutoffHartree[protocol], source, overrides.cutoffHartree);
}

function warnCutoff(cutoff: Derived<number>, elements: Resolved['elements']): Notice[] {
  const needy = elements.filter((element) => element.cutoffHartree.fast > cutoff.value);
  if (needy.length === 0) return [];
  const names = needy.map(({ element, cutoffHartree }) => `${element} (${cutoffHartree.fast} Ha)`).join(', ');
  const message = `The cutoff of ${cutoff.value} Ha is below what even the fast protocol takes for ${names}: energies and bands will be wrong by more than a little.`;
  return [{ code: 'cutoff-low', message, step: 'properties', property: null }];
}
