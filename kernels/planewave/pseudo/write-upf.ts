import { elementBySymbol } from '../../crystal/elements';
import type { Functional, FunctionalId } from '../functionals/functional';
import { type PseudoAtom, solvePseudoAtom } from './atom/solve-pseudo-atom';
import type { GaussianOrbital } from './atomic-orbital';
import { electronsByAngularMomentum } from './configurations';
import { createGthPseudopotential, type GthParameters } from './gth';
import { gthLocalPotential, gthProjector } from './gth-real-space';

/** Step of the radial mesh and its last point, bohr. pw.x integrates up to 10 bohr. */
const STEP_BOHR = 0.01;
const LAST_BOHR = 12;
/** A Gaussian projector is below 1e-14 of its height beyond this many radii. */
const PROJECTOR_RADII = 8.5;
const RYDBERG_PER_HARTREE = 2;

/** pw.x takes the functional from the file: exchange, correlation and their gradient corrections. */
const functionalTags = {
  'lda-pz': 'SLA PZ NOGX NOGC',
  'lda-pw92': 'SLA PW NOGX NOGC',
  pbe: 'SLA PW PBX PBC',
  pbesol: 'SLA PW PSX PSC',
} satisfies Record<FunctionalId, string>;

/**
 * An entry of the built-in family as a UPF 2.0.1 file: the local potential (Ry), the projectors with all D_ij (Ry) of
 * every l, the orbitals and the density of the pseudo-atom. Format: pseudopotentials.quantum-espresso.org, "Unified
 * Pseudopotential Format".
 *
 * The mesh is linear and starts at the nucleus: every integrand r^2 j_l(qr) f_l(r) is then an even, entire function of r that
 * vanishes at the far end, for which Simpson's rule converges faster than any power of the step.
 */
export function writeUpf(parameters: GthParameters, functional: Functional): string {
  const atom = solvePseudoAtom(parameters, functional);
  const r = Array.from({ length: Math.round(LAST_BOHR / STEP_BOHR) + 1 }, (_, i) => i * STEP_BOHR);
  const projectors = projectorsOf(parameters, r);
  const orbitals = labelled(parameters, atom.orbitals);
  const mesh = r.length;
  const local = r.map((x) => RYDBERG_PER_HARTREE * localPotential(parameters, x));
  return `<UPF version="2.0.1">
<PP_INFO>
Goedecker-Teter-Hutter pseudopotential ${parameters.name} of ${parameters.element}, tabulated from its published parameters.
Orbitals and density: spherical, spin-unpolarised pseudo-atom, ${functional.reference}.
</PP_INFO>
<PP_HEADER ${attributes({
    generated: 'from published parameters',
    author: 'Goedecker, Teter, Hutter, Krack',
    date: '',
    comment: parameters.name,
    element: parameters.element,
    pseudo_type: 'NC',
    relativistic: 'scalar',
    is_ultrasoft: 'F',
    is_paw: 'F',
    is_coulomb: 'F',
    has_so: 'F',
    has_wfc: 'F',
    has_gipaw: 'F',
    paw_as_gipaw: 'F',
    core_correction: 'F',
    functional: functionalTags[functional.id],
    z_valence: exponential(parameters.valence),
    total_psenergy: exponential(RYDBERG_PER_HARTREE * atom.energyHartree),
    wfc_cutoff: exponential(0),
    rho_cutoff: exponential(0),
    l_max: Math.max(0, ...projectors.map(({ l }) => l)),
    l_max_rho: 0,
    l_local: -1,
    mesh_size: mesh,
    number_of_wfc: orbitals.length,
    number_of_proj: projectors.length,
  })}/>
<PP_MESH ${attributes({ dx: exponential(STEP_BOHR), mesh, xmin: exponential(0), rmax: exponential(LAST_BOHR), zmesh: exponential(elementBySymbol(parameters.element).atomicNumber) })}>
${block('PP_R', { size: mesh }, r)}
${block(
  'PP_RAB',
  { size: mesh },
  r.map(() => STEP_BOHR),
)}
</PP_MESH>
${block('PP_LOCAL', { size: mesh }, local)}
<PP_NONLOCAL>
${projectors.map((projector, i) => betaBlock(projector, i)).join('')}${projectors.length > 0 ? `${block('PP_DIJ', { size: projectors.length ** 2 }, couplings(parameters, projectors))}\n` : ''}</PP_NONLOCAL>
<PP_PSWFC>
${orbitals.map((orbital, i) => `${chiBlock(orbital, i, r)}\n`).join('')}</PP_PSWFC>
${block('PP_RHOATOM', { size: mesh }, radialDensity(atom, r))}
</UPF>
`;
}

function localPotential(parameters: GthParameters, r: number): number {
  // -Z/r erf(r / sqrt(2) r_loc) tends to -Z sqrt(2/pi)/r_loc.
  if (r > 0) return gthLocalPotential(parameters, r);
  const { valence, localRadius, localCoefficients } = parameters;
  return (-valence * Math.sqrt(2 / Math.PI)) / localRadius + (localCoefficients[0] ?? 0);
}

interface Projector {
  l: number;
  /** Counts within its l. */
  index: number;
  /** r beta(r), bohr^(-1/2). */
  values: number[];
  /** Last point that the integrals use, counted from 1; odd for Simpson's rule. */
  cutoffIndex: number;
}

function projectorsOf(parameters: GthParameters, r: number[]): Projector[] {
  return createGthPseudopotential(parameters).channels.flatMap(({ l, count }) => {
    const { radius } = parameters.channels[l]!;
    const reach = Math.min(r.length, Math.ceil((PROJECTOR_RADII * radius) / STEP_BOHR) + 1);
    const cutoffIndex = reach % 2 === 1 ? reach : reach - 1;
    return Array.from({ length: count }, (_, index) => ({
      l,
      index,
      values: r.map((x) => (x === 0 ? 0 : x * gthProjector(l, index, radius, x))),
      cutoffIndex,
    }));
  });
}

/** D_ij over all projectors, Ry; zero between different l. */
function couplings(parameters: GthParameters, projectors: Projector[]): number[] {
  const { channels } = createGthPseudopotential(parameters);
  return projectors.flatMap((a) =>
    projectors.map((b) => {
      if (a.l !== b.l) return 0;
      const { count, coupling } = channels.find(({ l }) => l === a.l)!;
      return RYDBERG_PER_HARTREE * coupling[a.index * count + b.index]!;
    }),
  );
}

interface LabelledOrbital extends GaussianOrbital {
  /** True principal quantum number: the shells in the core count. */
  principal: number;
}

function labelled({ element, valence, electronsByL }: GthParameters, orbitals: GaussianOrbital[]): LabelledOrbital[] {
  const atomicNumber = elementBySymbol(element).atomicNumber;
  const all = electronsByAngularMomentum(atomicNumber, atomicNumber);
  return orbitals
    .map((orbital) => {
      const { l, n } = orbital;
      // A published valence configuration may differ from the ground state by an electron or two: whole shells remain.
      const coreShells = Math.max(0, Math.round((all[l]! - (electronsByL[l] ?? 0)) / (2 * (2 * l + 1))));
      return { ...orbital, principal: valence === atomicNumber ? l + n : l + coreShells + n };
    })
    .sort((a, b) => a.l - b.l || a.n - b.n);
}

function betaBlock({ l, values, cutoffIndex }: Projector, i: number): string {
  const about = {
    size: values.length,
    index: i + 1,
    angular_momentum: l,
    cutoff_radius_index: cutoffIndex,
    cutoff_radius: exponential((cutoffIndex - 1) * STEP_BOHR),
  };
  return `${block(`PP_BETA.${i + 1}`, about, values)}\n`;
}

/** r phi(r), with int (r phi)^2 dr = 1 on this mesh. */
function chiBlock(orbital: LabelledOrbital, i: number, r: number[]): string {
  const { l, electrons, eigenvalueHartree, principal } = orbital;
  const values = r.map((x) => x * radialValue(orbital, x));
  const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) * STEP_BOHR);
  const about = {
    size: r.length,
    index: i + 1,
    label: `${principal}${'SPDF'[l]}`,
    l,
    n: principal,
    occupation: exponential(electrons),
    pseudo_energy: exponential(RYDBERG_PER_HARTREE * eigenvalueHartree),
  };
  return block(
    `PP_CHI.${i + 1}`,
    about,
    values.map((v) => v / norm),
  );
}

function radialValue({ l, primitives }: GaussianOrbital, r: number): number {
  return r ** l * primitives.reduce((sum, { exponent, amplitude }) => sum + amplitude * Math.exp(-exponent * r * r), 0);
}

/** 4 pi r^2 n(r) = sum_i f_i (r R_i)^2. */
function radialDensity({ orbitals }: PseudoAtom, r: number[]): number[] {
  return r.map((x) =>
    orbitals.reduce((sum, orbital) => sum + orbital.electrons * (x * radialValue(orbital, x)) ** 2, 0),
  );
}

const exponential = (value: number) => value.toExponential(15);

const attributes = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');

function block(tag: string, about: Record<string, string | number>, values: readonly number[]): string {
  const lines: string[] = [];
  for (let i = 0; i < values.length; i += 4)
    lines.push(
      values
        .slice(i, i + 4)
        // Below the smallest ordinary number Fortran's reader may stop.
        .map((value) => exponential(Math.abs(value) < 1e-99 ? 0 : value))
        .join(' '),
    );
  return `<${tag} type="real" columns="4" ${attributes(about)}>\n${lines.join('\n')}\n</${tag}>`;
}
