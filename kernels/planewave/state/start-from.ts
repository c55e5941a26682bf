import { KernelError } from '../../core/errors';
import type { WeightedKpoint } from '../scf/run-scf';
import type { Setup } from '../setup/prepare-setup';
import type { LoadedState } from './saved-state';

/** @throws KernelError start-mismatch where the saved density is not of this structure, functional and pseudopotentials. */
export function requireSameSystem(start: LoadedState, { system }: Setup): void {
  const isSame =
    start.speciesOf.join() === system.speciesOf.join() &&
    start.functional === system.functional &&
    start.species.every(
      ({ element, name }, i) => element === system.species[i]!.element && name === system.species[i]!.name,
    ) &&
    start.vectorsBohr.flat().every((x, i) => Math.abs(x - system.lattice.vectors.flat()[i]!) < 1e-6) &&
    start.positions.flat().every((x, i) => Math.abs(x - system.positions.flat()[i]!) < 1e-7) &&
    Math.abs(start.electrons - system.electrons) < 1e-9 &&
    start.spinChannels === system.spinChannels;
  if (isSame) return;
  throw new KernelError(
    'start-mismatch',
    'The saved density is of another structure, functional, spin or pseudopotential: bands and densities of states need the same. Run the self-consistent calculation of this structure first.',
  );
}

/** The k-points with the orbitals that were saved for them, where there are any. */
export async function withSavedOrbitals(kpoints: WeightedKpoint[], start: LoadedState): Promise<WeightedKpoint[]> {
  if (!start.orbitalsSaved) return kpoints;
  return Promise.all(
    kpoints.map(async (kpoint) => {
      const index = start.kpoints.findIndex(({ fractional }) =>
        fractional.every((x, i) => Math.abs(x - kpoint.fractional[i]!) < 1e-8),
      );
      if (index < 0) return kpoint;
      const channels = Array.from({ length: start.spinChannels }, (_, s) => s * start.kpoints.length + index);
      return { ...kpoint, starts: await Promise.all(channels.map((task) => start.orbitals(task))) };
    }),
  );
}
