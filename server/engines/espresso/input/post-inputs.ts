import { RYDBERG_EV } from '@/kernels/core/constants';
import type { Task } from '../../engine';
import { orbitalPoints, PREFIX } from './make-input';
import { type NamelistValue, writeNamelist } from './pw-input';

/** A program after pw.x, with its input file. */
export interface PostStep {
  program: 'dos.x' | 'projwfc.x' | 'pp.x' | 'bands.x';
  /** Name of its input without the ending; its output is called alike. */
  name: string;
  input: string;
}

const common = { prefix: PREFIX, outdir: './' };

interface Spin {
  isSpinPolarised: boolean;
  hasSpinors: boolean;
}

/** What runs after pw.x for a task. */
export function postSteps(task: Task, { isSpinPolarised, hasSpinors }: Spin): PostStep[] {
  switch (task.kind) {
    case 'bands':
      return [
        ...bands(isSpinPolarised),
        ...(task.projections ? [projwfc({ lsym: false, ...energies({ stepEv: 0.1 }) })] : []),
      ];
    case 'dos':
      return [dos(task), ...(task.projections ? [projwfc({ ...energies(task), ...broadening(task) })] : [])];
    case 'volumes':
      return task.quantities.map((_, index) => volume(task, index, { isSpinPolarised, hasSpinors }));
    default:
      return [];
  }
}

/**
 * The table of bands that people of the program know, one for each spin. The results are read from pw.x's own file, which has more
 * digits; bands stay in the order of their energies there and here.
 */
function bands(isSpinPolarised: boolean): PostStep[] {
  const spins = isSpinPolarised ? [1, 2] : [null];
  return spins.map((spin) => {
    const name = spin === null ? 'bands' : `bands-${spin}`;
    const component: Record<string, NamelistValue> = spin === null ? {} : { spin_component: spin };
    const values = { ...common, filband: `${name}.dat`, lsym: false, no_overlap: true, ...component };
    return { program: 'bands.x', name, input: writeNamelist('bands', values) };
  });
}

type DosTask = Extract<Task, { kind: 'dos' }>;

const energies = ({ stepEv }: { stepEv: number }) => ({ DeltaE: stepEv });

/** pw.x's Gaussian is exp(-(E/degauss)^2): its width is the root of two times the standard deviation. */
const broadening = ({ method, widthEv }: DosTask): Record<string, NamelistValue> =>
  method === 'gaussian' ? { ngauss: 0, degauss: (Math.SQRT2 * widthEv) / RYDBERG_EV } : {};

function dos(task: DosTask): PostStep {
  const sum = { bz_sum: task.method === 'tetrahedra' ? 'tetrahedra_lin' : 'smearing' };
  const input = writeNamelist('dos', { ...common, fildos: 'dos.dat', ...sum, ...energies(task), ...broadening(task) });
  return { program: 'dos.x', name: 'dos', input };
}

function projwfc(values: Record<string, NamelistValue>): PostStep {
  return {
    program: 'projwfc.x',
    name: 'projwfc',
    input: writeNamelist('projwfc', { ...common, filpdos: 'pdos', ...values }),
  };
}

type VolumesTask = Extract<Task, { kind: 'volumes' }>;

/** Numbers of pp.x: charge density, spin density, total local potential, |psi|^2. */
const plotNumbers = { density: 0, 'spin-density': 6, 'local-potential': 1, orbital: 7 } as const;

function volume(task: VolumesTask, index: number, { isSpinPolarised, hasSpinors }: Spin): PostStep {
  const quantity = task.quantities[index]!;
  const points = orbitalPoints(task);
  const kpoint = points.findIndex((point) => point.join() === (quantity.kpoint ?? [0, 0, 0]).join());
  const orbital: Record<string, NamelistValue> = {
    // Of a spin-polarised run pp.x counts the points of spin down behind those of spin up.
    kpoint: kpoint + 1 + (isSpinPolarised && quantity.spin === 'down' ? points.length : 0),
    kband: (quantity.band ?? 0) + 1,
    // The sign of the real part, which pp.x knows at the centre of the zone; spinors have none.
    lsign: !hasSpinors && (points[kpoint]?.every((x) => x === 0) ?? false),
  };
  const name = `volume-${index + 1}`;
  const inputpp = {
    ...common,
    filplot: `${name}.raw`,
    plot_num: plotNumbers[quantity.quantity],
    ...(quantity.quantity === 'orbital' ? orbital : {}),
  };
  // pp.x gives potentials in Ry.
  const toHartree: Record<string, NamelistValue> = quantity.quantity === 'local-potential' ? { 'weight(1)': 0.5 } : {};
  const plot = { iflag: 3, output_format: 6, fileout: `${name}.cube`, ...toHartree };
  return { program: 'pp.x', name, input: `${writeNamelist('inputpp', inputpp)}${writeNamelist('plot', plot)}` };
}
