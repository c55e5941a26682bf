import type { UpfContents } from './read-upf';
import { parseNumber, type UpfText } from './upf-text';

/** UPF version 1: a header of fixed lines, and sections in which counts come before the numbers. */
export function readUpf1(file: UpfText): UpfContents {
  const lines = file
    .section('PP_HEADER')
    .body.split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');
  const word = (line: number, position = 0) => lines[line]?.[position] ?? '';
  const count = (what: string, text: string, most: number): number => {
    const value = Number(text);
    return Number.isInteger(value) && value >= 0 && value <= most && text !== ''
      ? value
      : file.fail(`${what} is "${text.slice(0, 20)}"`);
  };
  const points = count('the number of points in PP_HEADER', word(9), 1e6);
  const orbitalCount = count('the number of orbitals in PP_HEADER', word(10), 32);
  const projectorCount = count('the number of projectors in PP_HEADER', word(10, 1), 32);
  const mesh = file.section('PP_MESH').body;
  const radial = (tag: string, within?: string) => file.numbers(tag, file.section(tag, within).body, points);
  const nonlocal = projectorCount > 0 ? file.section('PP_NONLOCAL').body : '';
  const betas = file.sections('PP_BETA', nonlocal);
  if (betas.length < projectorCount)
    file.fail(`PP_NONLOCAL should hold ${projectorCount} projectors and holds ${betas.length}`);
  return {
    element: word(1),
    kind: word(2),
    hasSpinOrbit: file.has('PP_ADDINFO'),
    functional: lines[4]?.slice(0, 4).join(' ') ?? '',
    valence: parseNumber(word(5)),
    radii: radial('PP_R', mesh),
    weights: radial('PP_RAB', mesh),
    local: radial('PP_LOCAL'),
    projectors: betas.slice(0, projectorCount).map(({ body }, i) => {
      // "1 0 Beta L", then "377" and as many numbers.
      const [first = '', second = '', ...rest] = body.trim().split('\n');
      const reach = count(`the length of projector ${i + 1}`, second.trim().split(/\s+/)[0]!, points);
      const values = new Float64Array(points);
      values.set(file.numbers(`projector ${i + 1}`, rest.join('\n'), reach));
      return { l: Number(first.trim().split(/\s+/)[1]), values, points: reach };
    }),
    coupling: readCoupling(file, nonlocal, projectorCount),
    density: radial('PP_RHOATOM'),
    orbitals: readOrbitals(file, orbitalCount, points),
    core: /^\.?t/i.test(word(3)) ? radial('PP_NLCC') : null,
  };
}

/** The number of elements that are not zero, then i, j, D_ij of each. */
function readCoupling(file: UpfText, nonlocal: string, projectorCount: number): Float64Array {
  const coupling = new Float64Array(projectorCount ** 2);
  if (projectorCount === 0) return coupling;
  const [head = '', ...rows] = file.section('PP_DIJ', nonlocal).body.trim().split('\n');
  const stated = Number(head.trim().split(/\s+/)[0]);
  if (!(stated <= rows.length)) file.fail(`PP_DIJ should hold ${stated} rows and holds ${rows.length}`);
  for (const row of rows.slice(0, stated)) {
    const [i, j, D] = file.numbers('a row of PP_DIJ', row, 3) as unknown as [number, number, number];
    if (![i, j].every((n) => Number.isInteger(n) && n >= 1 && n <= projectorCount))
      file.fail(`PP_DIJ names the projectors ${i} and ${j}`);
    coupling[(i - 1) * projectorCount + j - 1] = D;
    coupling[(j - 1) * projectorCount + i - 1] = D;
  }
  return coupling;
}

/** "3S 0 2.00 Wavefunction" and the numbers of the mesh, one orbital after the other. */
function readOrbitals(file: UpfText, orbitalCount: number, points: number): UpfContents['orbitals'] {
  if (orbitalCount === 0) return [];
  const blocks = file.section('PP_PSWFC').body.split(/^(?=.*Wavefunction)/m);
  const titled = blocks.filter((block) => block.includes('Wavefunction'));
  if (titled.length < orbitalCount)
    file.fail(`PP_PSWFC should hold ${orbitalCount} orbitals and holds ${titled.length}`);
  return titled.slice(0, orbitalCount).map((block) => {
    const end = block.indexOf('\n');
    const [label = '', l, occupation = ''] = block.slice(0, end).trim().split(/\s+/);
    return {
      label,
      l: Number(l),
      occupation: parseNumber(occupation),
      values: file.numbers(`orbital ${label}`, block.slice(end), points),
    };
  });
}
