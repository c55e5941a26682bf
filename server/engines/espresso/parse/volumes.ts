import type { VolumesResult } from '@/server/schemas/results';
import type { Task, VolumeRequest } from '../../engine';

const units = {
  density: 'e/bohr³',
  'spin-density': 'e/bohr³',
  'local-potential': 'Ha',
  orbital: '1/bohr³',
} as const;

/** The fields that pp.x left as Gaussian cube files, with their extremes. */
export async function readVolumes(
  { quantities }: Extract<Task, { kind: 'volumes' }>,
  readText: (name: string) => Promise<string>,
): Promise<VolumesResult> {
  const volumes: VolumesResult['volumes'] = [];
  for (const [index, request] of quantities.entries()) {
    const cube = `volume-${index + 1}.cube`;
    const { quantity } = request;
    volumes.push({
      quantity,
      label: labelOf(request),
      cube,
      npy: null,
      unit: units[quantity],
      ...extremesOf(await readText(cube)),
    });
  }
  return { volumes };
}

function labelOf({ quantity, kpoint, band, spin }: VolumeRequest): string {
  if (quantity === 'density') return 'Electron density';
  if (quantity === 'spin-density') return 'Spin density';
  if (quantity === 'local-potential') return 'Local potential';
  return `Band ${(band ?? 0) + 1} at (${(kpoint ?? [0, 0, 0]).join(', ')})${spin ? `, spin ${spin}` : ''}`;
}

/** A cube file: two lines of title, the number of atoms, three axes, the atoms, then the values. */
function extremesOf(text: string): { minimum: number; maximum: number } {
  const lines = text.split('\n');
  const atoms = Math.abs(Number(lines[2]!.trim().split(/\s+/)[0]));
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const line of lines.slice(6 + atoms))
    for (const word of line.trim().split(/\s+/)) {
      if (word === '') continue;
      const value = Number(word);
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
  return { minimum, maximum };
}
