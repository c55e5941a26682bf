import type { UpfContents } from './read-upf';
import { parseNumber, type UpfText } from './upf-text';

/** UPF version 2: attributes and numbered tags. */
export function readUpf2(file: UpfText): UpfContents {
  const header = file.section('PP_HEADER').attributes;
  const count = (name: string, most: number): number => {
    const value = Number(header[name] ?? Number.NaN);
    if (!(Number.isInteger(value) && value >= 0 && value <= most))
      file.fail(`PP_HEADER says ${name} = ${header[name]?.slice(0, 20) ?? 'nothing'}`);
    return value;
  };
  const kind = isTrue(header.is_paw)
    ? 'PAW'
    : isTrue(header.is_ultrasoft)
      ? 'US'
      : isTrue(header.is_coulomb)
        ? '1/r'
        : (header.pseudo_type ?? '');
  const shared = {
    element: header.element ?? '',
    kind,
    hasSpinOrbit: isTrue(header.has_so),
    valence: parseNumber(header.z_valence ?? ''),
    functional: (header.functional ?? '').replace(/\s+/g, ' '),
  };
  const mesh = file.section('PP_MESH').body;
  const points = count('mesh_size', 1e6);
  const radial = (tag: string, within?: string) => file.numbers(tag, file.section(tag, within).body, points);
  const projectorCount = count('number_of_proj', 32);
  const nonlocal = projectorCount > 0 ? file.section('PP_NONLOCAL').body : '';
  const waves = file.optionalSection('PP_PSWFC')?.body ?? '';
  return {
    ...shared,
    radii: radial('PP_R', mesh),
    weights: radial('PP_RAB', mesh),
    // A Coulomb potential has no PP_LOCAL; its refusal comes later and needs none.
    local: kind === '1/r' ? new Float64Array(points) : radial('PP_LOCAL'),
    projectors: Array.from({ length: projectorCount }, (_, i) => {
      const { attributes, body } = file.section(`PP_BETA.${i + 1}`, nonlocal);
      const reach = Number(attributes.cutoff_radius_index ?? 0);
      return {
        l: Number(attributes.angular_momentum ?? Number.NaN),
        values: file.numbers(`PP_BETA.${i + 1}`, body, points),
        // Some files leave it at 0 and mean the whole mesh.
        points: reach > 0 && reach <= points ? reach : points,
      };
    }),
    coupling:
      projectorCount > 0
        ? file.numbers('PP_DIJ', file.section('PP_DIJ', nonlocal).body, projectorCount ** 2)
        : new Float64Array(0),
    density: radial('PP_RHOATOM'),
    orbitals: Array.from({ length: count('number_of_wfc', 32) }, (_, i) => {
      const { attributes, body } = file.section(`PP_CHI.${i + 1}`, waves);
      return {
        label: attributes.label ?? '',
        l: Number(attributes.l ?? Number.NaN),
        occupation: parseNumber(attributes.occupation ?? '0'),
        values: file.numbers(`PP_CHI.${i + 1}`, body, points),
      };
    }),
    core: isTrue(header.core_correction) ? radial('PP_NLCC') : null,
  };
}

/** Fortran's .true., XML's true, or T. */
function isTrue(value: string | undefined): boolean {
  return /^\.?t/i.test(value ?? '');
}
