import { KernelError } from '../../core/errors';
import { elementBySymbol } from '../../crystal/elements';
import { combine } from '../basis/lattice';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import { writeCube } from '../state/cube';
import { sumChannels } from '../terms/screened-potential';
import type { Ground } from './ground-state';
import { pointRequest } from './solve-at';

type Request = NonNullable<Session['input']['volumes']>['quantities'][number];

interface Field {
  /** File name without its ending. */
  name: string;
  label: string;
  unit: string;
  values: Float64Array;
}

/** Writes the fields that were asked for as Gaussian cube and `.npy` files. */
export async function addVolumes(session: Session, output: PlanewaveOutput, ground: Ground): Promise<void> {
  const { context, input, setup } = session;
  if (!input.volumes) return;
  const store = context.arrays?.(input.volumes.to);
  if (!store)
    throw new KernelError('volumes-nowhere', `There is no place to write "${input.volumes.to}" to.`, {
      to: input.volumes.to,
    });
  session.phase('volumes');
  const { lattice, grid, positions, species, speciesOf } = setup.system;
  const atoms = positions.map((position, site) => {
    const { element, valence } = species[speciesOf[site]!]!;
    return {
      atomicNumber: elementBySymbol(element).atomicNumber,
      charge: valence,
      position: combine(lattice.vectors, position),
    };
  });
  output.volumes = [];
  for (const request of input.volumes.quantities) {
    const { name, label, unit, values } = await fieldOf(session, ground, request);
    const files = { cube: `${name}.cube`, npy: `${name}.npy` };
    await store.write(files.npy, { dtype: 'f8', shape: [...grid], data: values });
    const remark = `${label}, ${unit}, computed with plane waves up to ${setup.system.cutoffHartree} Ha`;
    await store.writeText(files.cube, writeCube({ title: label, remark, cell: lattice.vectors, grid, atoms, values }));
    const [minimum, maximum] = rangeOf(values);
    output.volumes.push({ quantity: request.quantity, label, unit, ...files, minimum, maximum });
  }
}

async function fieldOf(session: Session, ground: Ground, request: Request): Promise<Field> {
  const { grid } = session;
  const spin = request.spin && (request.spin === 'up' ? 0 : 1);
  if (spin !== undefined && spin >= ground.density.length) throw withoutSpin(request);
  const ofSpin = request.spin ? ` of spin ${request.spin}` : '';
  const suffix = request.spin ? `-${request.spin}` : '';
  switch (request.quantity) {
    case 'density': {
      const field = spin === undefined ? sumChannels(ground.density) : ground.density[spin]!;
      return {
        name: `density${suffix}`,
        label: `Electron density${ofSpin}`,
        unit: 'electrons/bohr^3',
        values: grid.toReal(field),
      };
    }
    case 'spin-density': {
      const [up, down] = ground.density as [Float64Array, Float64Array | undefined];
      if (!down) throw withoutSpin(request);
      const values = grid.toReal(up.map((n, i) => n - down[i]!));
      return { name: 'spin-density', label: 'Spin density, up minus down', unit: 'electrons/bohr^3', values };
    }
    case 'local-potential': {
      const channels = spin === undefined ? ground.potentials : [ground.potentials[spin]!];
      const values = sumChannels(channels).map((v) => v / channels.length);
      return {
        name: `local-potential${suffix}`,
        label: `Local potential${ofSpin}: ions, Hartree, exchange and correlation`,
        unit: 'Ha',
        values,
      };
    }
    case 'orbital':
      return orbitalField(session, ground, request, spin ?? 0);
  }
}

/** |psi|^2, and where psi can be made real (2k is a reciprocal vector) with the sign that it has there. */
async function orbitalField(session: Session, ground: Ground, request: Request, spin: number): Promise<Field> {
  const { pool, setup } = session;
  const { kpoint = [0, 0, 0], band } = request;
  if (band === undefined || band >= setup.bandCount)
    throw new KernelError(
      'orbital-band',
      `An orbital needs its band, counted from 0 and below the ${setup.bandCount} bands of this run.`,
      { band: band ?? -1, bands: setup.bandCount },
    );
  const psi = await pool.orbitalAt(
    { index: 0, spin, fractional: kpoint },
    { ...pointRequest(setup.bandCount), potentials: ground.potentials },
    band,
  );
  const isReal = kpoint.every((x) => Math.abs(2 * x - Math.round(2 * x)) < 1e-8);
  const signs = isReal ? signsAt(session, psi, kpoint) : null;
  const values = Float64Array.from({ length: psi.length / 2 }, (_, i) => {
    const square = (psi[2 * i]! ** 2 + psi[2 * i + 1]! ** 2) / setup.system.lattice.volume;
    return signs && signs[i]! < 0 ? -square : square;
  });
  const k = kpoint.map((x) => Number(x.toFixed(4))).join(', ');
  const ofSpin = request.spin ? ` of spin ${request.spin}` : '';
  return {
    name: `orbital-${band}-at-${kpoint.map((x) => x.toFixed(3)).join('_')}${request.spin ? `-${request.spin}` : ''}`,
    label: `Orbital of band ${band + 1}${ofSpin} at k = (${k})${isReal ? ', with its sign' : ''}`,
    unit: 'electrons/bohr^3',
    values,
  };
}

/** The real function that psi(r) = u(r) exp(ikr) is up to a phase: turned so that its largest value is positive. */
function signsAt({ setup }: Session, u: Float64Array, kpoint: readonly number[]): Float64Array {
  const [n0, n1, n2] = setup.system.grid;
  const real = new Float64Array(u.length / 2);
  const imaginary = new Float64Array(u.length / 2);
  let largest = 0;
  for (let i = 0; i < real.length; i++) {
    const x = [Math.floor(i / (n1 * n2)) / n0, (Math.floor(i / n2) % n1) / n1, (i % n2) / n2];
    const angle = 2 * Math.PI * (kpoint[0]! * x[0]! + kpoint[1]! * x[1]! + kpoint[2]! * x[2]!);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    real[i] = u[2 * i]! * c - u[2 * i + 1]! * s;
    imaginary[i] = u[2 * i]! * s + u[2 * i + 1]! * c;
    if (Math.hypot(real[i]!, imaginary[i]!) > Math.hypot(real[largest]!, imaginary[largest]!)) largest = i;
  }
  const length = Math.hypot(real[largest]!, imaginary[largest]!);
  const [c, s] = [real[largest]! / length, imaginary[largest]! / length];
  return real.map((x, i) => x * c + imaginary[i]! * s);
}

function rangeOf(values: Float64Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function withoutSpin({ quantity, spin }: Request): KernelError {
  return new KernelError(
    'volume-without-spin',
    `${quantity === 'spin-density' ? 'A spin density' : `The ${quantity} of spin ${spin}`} needs a calculation with collinear spin.`,
    { quantity },
  );
}
