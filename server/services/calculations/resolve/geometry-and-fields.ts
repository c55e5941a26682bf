import type { Structure } from '@/kernels/crystal/schema';
import { boundariesOf } from '@/server/engines/boundaries';
import { relaxSettingsSchema } from '@/server/properties/relax/schema';
import { requestsOf } from '@/server/properties/volumes/property';
import { volumesSettingsSchema } from '@/server/properties/volumes/schema';
import type { DraftData } from '@/server/schemas/draft';
import type { Share } from './properties';

const moves = { fixed: 'atoms', full: 'atoms and cell', volume: 'atoms and volume' } as const;

export async function resolveRelax(settings: Record<string, unknown>, structure: Structure): Promise<Share> {
  const { cell, pressureGpa, forceToleranceEvPerAngstrom, fixed } = relaxSettingsSchema.parse(settings);
  const pressure = cell !== 'fixed' && pressureGpa !== 0 ? ` at ${pressureGpa} GPa` : '';
  const kept = fixed.length > 0 ? `, ${fixed.length} ${fixed.length === 1 ? 'site' : 'sites'} kept in place` : '';
  const summary = `${moves[cell]}${pressure}, until forces are below ${forceToleranceEvPerAngstrom} eV/Å${kept}`;
  const boundaries = boundariesOf(structure);
  const blockers: NonNullable<Share['blockers']> = [];
  const missing = fixed.find((site) => site >= structure.sites.length);
  if (missing !== undefined)
    blockers.push({
      code: 'fixed-site',
      message: `site ${missing + 1} is to keep its place, and the structure has ${structure.sites.length} sites.`,
    });
  if (cell !== 'fixed' && boundaries === 'isolated')
    blockers.push({ code: 'no-cell', message: 'a molecule has no cell to relax. Relax its atoms only.' });
  if (cell === 'volume' && boundaries === 'slab')
    blockers.push({
      code: 'slab-volume',
      message: 'the volume of a slab is mostly vacuum. Relax atoms and cell: its height is kept.',
    });
  const warnings =
    fixed.length === structure.sites.length && cell === 'fixed'
      ? ['Every site keeps its place: nothing will move.']
      : [];
  return { part: { summary }, kpoints: 0, warnings, blockers };
}

export async function resolveVolumes(
  settings: Record<string, unknown>,
  structure: Structure,
  { magnetism, engine, spinOrbit }: DraftData,
): Promise<Share> {
  const chosen = volumesSettingsSchema.parse(settings);
  const { density, spinDensity, localPotential, orbitals } = chosen;
  const count = orbitals.length;
  const words = [
    ...(density ? ['density'] : []),
    ...(spinDensity ? ['spin density'] : []),
    ...(localPotential ? ['potential'] : []),
    ...(count > 0 ? [`${count} ${count === 1 ? 'orbital' : 'orbitals'}`] : []),
  ];
  const blockers: NonNullable<Share['blockers']> = [];
  if (requestsOf(chosen).length === 0)
    blockers.push({ code: 'no-volumes', message: 'choose at least one field or orbital.' });
  if (spinDensity && magnetism.kind === 'none')
    blockers.push({ code: 'volume-without-spin', message: 'a spin density needs magnetism. Switch it on.' });
  if (spinDensity && spinOrbit)
    blockers.push({
      code: 'spin-density-of-spinors',
      message:
        'with spin-orbit coupling the spin density is a vector at every point, which is not given. Leave it out.',
    });
  if (localPotential && engine === 'espresso' && boundariesOf(structure) === 'isolated')
    blockers.push({
      code: 'potential-of-molecule',
      message:
        'pp.x gives the local potential of repeated cells, not that of a molecule alone. Leave it out, or choose the embedded engine.',
    });
  return { part: { summary: words.join(', ') || 'nothing chosen' }, kpoints: count, warnings: [], blockers };
}
