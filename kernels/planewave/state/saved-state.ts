import { z } from 'zod';
import { KernelError } from '../../core/errors';
import type { ArrayStore } from '../../core/kernel';
import type { PlaneWaves } from '../basis/plane-waves';
import type { StoredOrbitals } from '../parallel/orbital-service';
import type { System } from '../system';

const vector = z.tuple([z.number(), z.number(), z.number()]);

/**
 * `state.json` of a saved run; beside it density.npy (n_s(G): spin channels x plane waves), density-triples.npy and, if asked for,
 * orbitals-<task>.npy with their triples, one task a k-point and spin.
 */
const savedStateSchema = z.object({
  version: z.literal(2),
  /** SHA-256 of the input that made it. */
  inputHash: z.string(),
  converged: z.boolean(),
  vectorsBohr: z.tuple([vector, vector, vector]),
  positions: z.array(vector),
  species: z.array(z.object({ element: z.string(), name: z.string() })),
  speciesOf: z.array(z.number()),
  functional: z.string(),
  cutoffHartree: z.number(),
  grid: vector,
  electrons: z.number(),
  fermiHartree: z.number(),
  kpoints: z.array(z.object({ fractional: vector, weight: z.number() })),
  /** [spin][kpoint][band] */
  eigenvaluesHartree: z.array(z.array(z.array(z.number()))),
  occupations: z.array(z.array(z.array(z.number()))),
  spinChannels: z.union([z.literal(1), z.literal(2)]),
  initialMoments: z.array(z.number()),
  spinorComponents: z.literal(1),
  orbitalsSaved: z.boolean(),
});

export type SavedState = z.output<typeof savedStateSchema>;

export interface LoadedState extends SavedState {
  density: { triples: Int32Array; channels: Float64Array[] };
  orbitals: (index: number) => Promise<StoredOrbitals>;
}

export interface StateToSave {
  system: System;
  waves: PlaneWaves;
  density: Float64Array[];
  state: Pick<
    SavedState,
    'inputHash' | 'converged' | 'fermiHartree' | 'kpoints' | 'eigenvaluesHartree' | 'occupations'
  >;
  orbitals?: (index: number) => Promise<StoredOrbitals>;
}

/** Writes a run's density and orbitals so that another can start from them; `state.json` comes last and makes it valid. */
export async function saveState(
  store: ArrayStore,
  { system, waves, density, state, orbitals }: StateToSave,
): Promise<void> {
  await store.write('density.npy', {
    dtype: 'c16',
    shape: [density.length, waves.count],
    data: joinChannels(density),
  });
  await store.write('density-triples.npy', { dtype: 'i4', shape: [waves.count, 3], data: waves.triples });
  if (orbitals) {
    for (let k = 0; k < state.kpoints.length * system.spinChannels; k++) {
      const { triples, coefficients } = await orbitals(k);
      const count = triples.length / 3;
      await store.write(`orbitals-${k}.npy`, {
        dtype: 'c16',
        shape: [coefficients.length / (2 * count), count],
        data: coefficients,
      });
      await store.write(`orbitals-${k}-triples.npy`, { dtype: 'i4', shape: [count, 3], data: triples });
    }
  }
  const json: SavedState = {
    version: 2,
    ...state,
    vectorsBohr: system.lattice.vectors,
    positions: system.positions,
    species: system.species.map(({ element, name }) => ({ element, name })),
    speciesOf: system.speciesOf,
    functional: system.functional,
    cutoffHartree: system.cutoffHartree,
    grid: system.grid,
    electrons: system.electrons,
    spinChannels: system.spinChannels,
    initialMoments: system.initialMoments,
    spinorComponents: 1,
    orbitalsSaved: orbitals !== undefined,
  };
  await store.writeJson('state.json', json);
}

/** The channels one after the other. */
export function joinChannels(channels: readonly Float64Array[]): Float64Array {
  const size = channels[0]!.length;
  const out = new Float64Array(size * channels.length);
  channels.forEach((channel, s) => {
    out.set(channel, s * size);
  });
  return out;
}

/** @throws KernelError start-missing, start-invalid */
export async function loadState(store: ArrayStore, name: string): Promise<LoadedState> {
  if (!(await store.has('state.json'))) {
    throw new KernelError(
      'start-missing',
      `There is no saved density in "${name}". Run the self-consistent calculation first, with save.`,
      { name },
    );
  }
  const parsed = savedStateSchema.safeParse(await store.readJson('state.json'));
  if (!parsed.success)
    throw new KernelError(
      'start-invalid',
      `The saved density in "${name}" cannot be used: ${parsed.error.issues[0]!.message}.`,
      { name },
    );
  const [values, triples] = [await store.read('density.npy'), await store.read('density-triples.npy')];
  return {
    ...parsed.data,
    density: {
      triples: triples.data as Int32Array,
      channels: Array.from({ length: parsed.data.spinChannels }, (_, s) => {
        const size = (2 * triples.data.length) / 3;
        return (values.data as Float64Array).slice(s * size, (s + 1) * size);
      }),
    },
    async orbitals(index) {
      const coefficients = await store.read(`orbitals-${index}.npy`);
      const waves = await store.read(`orbitals-${index}-triples.npy`);
      return { coefficients: coefficients.data as Float64Array, triples: waves.data as Int32Array };
    },
  };
}

/** A saved density on the plane waves of this run, by spin channel: by integer triple, scaled by the ratio of the volumes. */
export function transferDensity(
  { density }: LoadedState,
  oldVolume: number,
  waves: PlaneWaves,
  volume: number,
): Float64Array[] {
  const place = new Map<string, number>();
  for (let g = 0; g < density.triples.length / 3; g++) place.set(density.triples.subarray(3 * g, 3 * g + 3).join(), g);
  const from = Int32Array.from({ length: waves.count }, (_, g) => {
    return place.get(waves.triples.subarray(3 * g, 3 * g + 3).join()) ?? -1;
  });
  return density.channels.map((values) => {
    const out = new Float64Array(2 * waves.count);
    from.forEach((old, g) => {
      if (old < 0) return;
      out[2 * g] = (values[2 * old]! * oldVolume) / volume;
      out[2 * g + 1] = (values[2 * old + 1]! * oldVolume) / volume;
    });
    return out;
  });
}
