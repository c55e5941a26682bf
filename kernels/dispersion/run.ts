import { BOHR_ANGSTROM } from '../core/constants';
import { KernelError } from '../core/errors';
import type { Kernel } from '../core/kernel';
import { checkStructure } from '../crystal/check-structure';
import { elementBySymbol } from '../crystal/elements';
import type { Matrix3, Structure, Vector3 } from '../crystal/schema';
import { cartesianPositions, parseStructure } from '../crystal/structure';
import { type DampingParameters, d3Dispersion, dampingParameters } from './d3';
import { covalentRadiiAngstrom } from './d3-atoms.data';
import type { Atoms } from './neighbours';
import { type DispersionInput, type DispersionOutput, dispersionInputSchema } from './schema';

/** Raised when the same input would give other numbers or other fields. */
export const DISPERSION_VERSION = '1.0.0';

/** Grimme's D3 correction with Becke-Johnson damping as a kernel. */
export const dispersionKernel: Kernel<DispersionInput, DispersionOutput> = async (rawInput) => {
  const parsed = dispersionInputSchema.safeParse(rawInput);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new KernelError(
      'input-invalid',
      `The input is wrong at ${issue.path.join('.') || 'its top'}: ${issue.message}.`,
      {
        path: issue.path.join('.'),
      },
    );
  }
  const structure = parseStructure(parsed.data.structure);
  const problem = checkStructure(structure)[0];
  if (problem) throw new KernelError(problem.code, problem.message, problem.numbers);
  const parameters = dampingFor(parsed.data.functional);
  const { threeBody } = parsed.data;
  const { energy, threeBodyEnergy, forces, stress, coordinationNumbers } = d3Dispersion(
    atomsOf(structure),
    parameters,
    { threeBody },
  );
  return {
    version: DISPERSION_VERSION,
    method: 'd3bj',
    energyHartree: energy,
    threeBodyEnergyHartree: threeBodyEnergy,
    forcesHartreePerBohr: forces,
    stressHartreePerBohr3: stress,
    coordinationNumbers: [...coordinationNumbers],
  };
};

/** @throws KernelError dispersion-functional for a functional to which no parameters were fitted. */
export function dampingFor(functional: string): DampingParameters {
  const parameters = (dampingParameters as Record<string, DampingParameters>)[functional];
  if (parameters) return parameters;
  throw new KernelError(
    'dispersion-functional',
    `There is no D3 correction for the functional ${functional}: it was fitted to gradient functionals. Choose ${Object.keys(dampingParameters).join(' or ')}, or no correction.`,
    { functional },
  );
}

/** Positions in bohr and atomic numbers. @throws KernelError dispersion-element beyond plutonium. */
export function atomsOf(structure: Structure): Atoms {
  const toBohr = (vector: Vector3) => vector.map((x) => x / BOHR_ANGSTROM) as Vector3;
  return {
    cell: structure.cellAngstrom && (structure.cellAngstrom.map(toBohr) as Matrix3),
    periodic: structure.periodic,
    positions: cartesianPositions(structure).map(toBohr),
    atomicNumbers: structure.sites.map(({ species }, site) => {
      const { symbol, atomicNumber } = elementBySymbol(species[0]!.element);
      if (atomicNumber <= covalentRadiiAngstrom.length) return atomicNumber;
      throw new KernelError(
        'dispersion-element',
        `Site ${site + 1} is ${symbol}: D3 has coefficients for hydrogen to plutonium only. Compute without the correction.`,
        { site, atomicNumber },
      );
    }),
  };
}
