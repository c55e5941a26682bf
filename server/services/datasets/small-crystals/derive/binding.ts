import { cross, norm } from '@/kernels/crystal/linear';
import type { Measured } from './measure';

export interface Binding {
  layerId: string;
  bulkId: string;
  meVPerAngstrom2: number;
}

/**
 * What it takes to pull a crystal's layers apart, per area of one layer: (E_layer - E_bulk/n)/A, with n layers in the crystal's cell and A the
 * area of the relaxed layer's (as Mounet et al., Nat. Nanotechnol. 13, 246 (2018) define it). Both energies hold the D3 correction.
 */
export function bindings(all: readonly Measured[]): Binding[] {
  const byId = new Map(all.map((measured) => [measured.compound.id, measured]));
  return all.flatMap((layer) => {
    const bulk = layer.compound.bulkId === undefined ? undefined : byId.get(layer.compound.bulkId);
    if (!bulk) return [];
    const layers = bulk.structure.sites.length / layer.structure.sites.length;
    const [a, b] = layer.structure.cellAngstrom!;
    const perAreaEv = (layer.energyEv - bulk.energyEv / layers) / norm(cross(a, b));
    return [{ layerId: layer.compound.id, bulkId: bulk.compound.id, meVPerAngstrom2: 1000 * perAreaEv }];
  });
}
