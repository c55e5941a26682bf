import type { DensityOfStatesOptions } from '../observables/density-of-states';
import { orbitalOperations } from '../observables/orbital-operations';
import { projectedDensity } from '../observables/projected-density';
import { type CrystalOrbital, crystalOrbitals } from '../observables/projections';
import { occupy } from '../scf/occupations';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import type { Ground } from './ground-state';

type Projections = NonNullable<PlanewaveOutput['projections']>;

type Weights = number[][][][];

/** Longer arrays become files beside the output. */
const MOST_INLINE = 1000;

/** Weights of the orbitals in every state of a path: fat bands. */
export async function pathProjections(
  session: Session,
  projections: Float64Array[][],
  eigenvalues: number[][][],
  ground: Ground,
): Promise<Projections> {
  const orbitals = orbitalsOf(session);
  const occupied = eigenvalues.map((spin) =>
    spin.map((bands) => bands.map((e) => (e <= ground.fermiHartree + 1e-6 ? 1 : 0))),
  );
  const weights = eigenvalues[0]!.map(() => 1 / eigenvalues[0]!.length);
  return {
    orbitals,
    weights: await inlineOrFile<Weights>(
      session,
      'projections.npy',
      [projections.length, weights.length, eigenvalues[0]![0]!.length, orbitals.length],
      projections.flat(),
    ),
    ...fillingOf(orbitals, projections, occupied, weights),
  };
}

/** Density of states of each orbital, and what the occupied states hold of them. */
export async function meshProjections(
  session: Session,
  projections: Float64Array[][],
  mesh: {
    eigenvalues: number[][][];
    weights: number[];
    energiesHartree: number[];
    method: DensityOfStatesOptions['method'];
  },
): Promise<Projections> {
  const orbitals = orbitalsOf(session);
  const { input, setup } = session;
  const curves = mesh.eigenvalues.map((eigenvalues, spin) =>
    projectedDensity(projections[spin]!, orbitals.length, {
      ...mesh,
      eigenvalues,
      states: 2 / mesh.eigenvalues.length,
    }),
  );
  const { values } = occupy({
    eigenvalues: mesh.eigenvalues,
    weights: mesh.weights,
    electrons: setup.system.electrons,
    totalMagnetisation: setup.totalMagnetisation,
    scheme: input.occupations.scheme,
    widthHartree: input.occupations.widthHartree,
  });
  return {
    orbitals,
    statesPerHartree: await inlineOrFile<number[][][]>(
      session,
      'projected-dos.npy',
      [curves.length, orbitals.length, mesh.energiesHartree.length],
      curves.flat(),
    ),
    ...fillingOf(orbitals, projections, values, mesh.weights),
  };
}

/** Charges of the self-consistent mesh. */
export async function addGroundProjections(session: Session, output: PlanewaveOutput, ground: Ground): Promise<void> {
  const { setup, pool } = session;
  if (!ground.scf) return;
  const orbitals = orbitalsOf(session);
  const bandCount = setup.bandCount;
  const tasks = await pool.project({ operations: orbitalOperations(setup.system, setup.operations), bandCount });
  const projections = ground.eigenvalues.map((spin, s) => tasks.slice(s * spin.length, (s + 1) * spin.length));
  const weights = ground.kpoints.map(({ weight }) => weight);
  output.projections = {
    orbitals,
    weights: await inlineOrFile<Weights>(
      session,
      'projections.npy',
      [projections.length, weights.length, bandCount, orbitals.length],
      projections.flat(),
    ),
    ...fillingOf(orbitals, projections, ground.occupations, weights),
  };
}

function orbitalsOf({ setup, atoms }: Session): CrystalOrbital[] {
  return crystalOrbitals(
    setup.system,
    atoms.map(({ orbitals }) => orbitals),
  );
}

/** Loewdin charges by spin and site, and the spilling: the share of the occupied states that no orbital holds. */
function fillingOf(
  orbitals: readonly CrystalOrbital[],
  projections: readonly (readonly Float64Array[])[],
  occupations: readonly (readonly (readonly number[])[])[],
  weights: readonly number[],
): Pick<Projections, 'spilling' | 'charges'> {
  const states = 2 / projections.length;
  const sites = Math.max(...orbitals.map(({ site }) => site)) + 1;
  const charges = projections.map(() => new Array<number>(sites).fill(0));
  let [held, electrons] = [0, 0];
  projections.forEach((points, spin) => {
    points.forEach((point, k) => {
      occupations[spin]![k]!.forEach((f, band) => {
        const filling = states * weights[k]! * f;
        electrons += filling;
        if (f === 0) return;
        orbitals.forEach(({ site }, orbital) => {
          const share = filling * point[band * orbitals.length + orbital]!;
          charges[spin]![site]! += share;
          held += share;
        });
      });
    });
  });
  return { spilling: electrons > 0 ? 1 - held / electrons : 0, charges };
}

/** Numbers of this shape in place where they are few, else in a file beside the output. */
async function inlineOrFile<Nested>(
  { context }: Session,
  name: string,
  shape: number[],
  parts: readonly Float64Array[],
): Promise<Nested | { npy: string }> {
  const data = new Float64Array(shape.reduce((product, n) => product * n, 1));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  const store = context.arrays?.('.');
  if (data.length <= MOST_INLINE || !store) return nest(data, shape) as Nested;
  await store.write(name, { dtype: 'f8', shape, data });
  return { npy: name };
}

function nest(data: Float64Array, [count, ...inner]: number[]): unknown[] {
  if (inner.length === 0) return Array.from(data);
  const size = data.length / count!;
  return Array.from({ length: count! }, (_, i) => nest(data.subarray(i * size, (i + 1) * size), inner));
}
