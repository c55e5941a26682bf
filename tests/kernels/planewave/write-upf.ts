import { createGthPseudopotential, type GthParameters } from '@/kernels/planewave/pseudo/gth';
import { gthLocalPotential, gthProjector } from '@/kernels/planewave/pseudo/gth-real-space';

/** A radial mesh r = exp(i dx) r_0 to 12 bohr. */
const DX = 0.012;
const FIRST = 1e-4;
const radii = Array.from({ length: Math.ceil(Math.log(12 / FIRST) / DX) }, (_, i) => FIRST * Math.exp(i * DX));

/** Gaussians in place of the atom's density, core and orbitals, whose transforms are known: n_core(q) = 0.7 exp(-q^2/8). */
export const coreCharge = 0.7;
const core = (r: number) => coreCharge * (2 / Math.PI) ** 1.5 * Math.exp(-2 * r * r);
const density = (r: number) => 4 * Math.PI * r * r * 4 * Math.PI ** -1.5 * Math.exp(-r * r);
const orbital = (r: number) => r ** 2 * Math.exp(-r * r);

/** The pseudopotential on a mesh, as the text of a UPF file of version 2 or 1, with a core and one p orbital. */
export function writeUpf(parameters: GthParameters, version: 1 | 2): string {
  const block = (values: number[]) => values.map((value) => value.toExponential(15)).join('\n');
  const betas = createGthPseudopotential(parameters).channels.flatMap(({ l, count }) =>
    Array.from({ length: count }, (_, i) => ({
      l,
      i,
      values: radii.map((r) => r * gthProjector(l, i, parameters.channels[l]!.radius, r)),
    })),
  );
  const coupling = betas.map((one) =>
    betas.map((other) => {
      const channel = createGthPseudopotential(parameters).channels.find(({ l }) => l === one.l)!;
      return one.l === other.l ? 2 * channel.coupling[one.i * channel.count + other.i]! : 0;
    }),
  );
  const section = (tag: string, values: number[]) => `<${tag}>\n${block(values)}\n</${tag}>`;
  const common = [
    `<PP_MESH>${section('PP_R', radii)}${section(
      'PP_RAB',
      radii.map((r) => r * DX),
    )}</PP_MESH>`,
    section('PP_NLCC', radii.map(core)),
    section(
      'PP_LOCAL',
      radii.map((r) => 2 * gthLocalPotential(parameters, r)),
    ),
    section('PP_RHOATOM', radii.map(density)),
  ].join('\n');
  const { element, valence } = parameters;
  if (version === 2) {
    return `<UPF version="2.0.1">
<PP_HEADER element="${element} " pseudo_type="NC" is_ultrasoft="F" is_paw=".false." has_so="false" core_correction=".true."
 functional="SLA PW PBE PBE" z_valence="${valence}.0" mesh_size="${radii.length}" number_of_wfc="1" number_of_proj="${betas.length}"/>
${common}
<PP_NONLOCAL>
${betas.map(({ l, values }, b) => `<PP_BETA.${b + 1} angular_momentum="${l}" cutoff_radius_index="0">\n${block(values)}\n</PP_BETA.${b + 1}>`).join('\n')}
<PP_DIJ>\n${block(coupling.flat())}\n</PP_DIJ>
</PP_NONLOCAL>
<PP_PSWFC>\n<PP_CHI.1 label="2P" l="1" occupation="2.0">\n${block(radii.map(orbital))}\n</PP_CHI.1>\n</PP_PSWFC>
</UPF>
`;
  }
  const rows = coupling.flatMap((row, i) =>
    row.flatMap((D, j) => (j >= i && D !== 0 ? [`${i + 1} ${j + 1} ${D.toExponential(15).replace('e', 'D')}`] : [])),
  );
  return `<PP_HEADER>
   0                   Version Number
  ${element}                    Element
   NC                  Norm - Conserving pseudopotential
    T                  Nonlinear Core Correction
 SLA  PW   PBE  PBE    PBE  Exchange-Correlation functional
    ${valence}.00000000000      Z valence
    0.00000            Total energy
  0.0000000  0.0000000 Suggested cutoff for wfc and rho
    1                  Max angular momentum component
 ${radii.length}                  Number of points in mesh
    1    ${betas.length}             Number of Wavefunctions, Number of Projectors
 Wavefunctions         nl  l   occ
                       2P  1  2.00
</PP_HEADER>
${common}
<PP_NONLOCAL>
${betas.map(({ l, values }, b) => `<PP_BETA>\n ${b + 1} ${l}  Beta L\n ${values.length}\n${block(values)}\n</PP_BETA>`).join('\n')}
<PP_DIJ>\n${rows.length}   Number of nonzero Dij\n${rows.join('\n')}\n</PP_DIJ>
</PP_NONLOCAL>
<PP_PSWFC>
2P    1  2.00          Wavefunction
${block(radii.map(orbital))}
</PP_PSWFC>
`;
}
