import type { ReactNode } from 'react';
import { chosenProperties } from '@/server/properties/ids';
import type { DraftData } from '@/server/schemas/draft';
import type { Derived, Resolved } from '@/server/schemas/resolved';
import { replacingFunctionals } from '@/server/schemas/settings';
import { Formula } from '../../components/Typeset';
import { bytes, mesh, plain, scientific, UNIT_SPACE } from '../../format/number';
import { duration, roughDuration } from '../../format/time';
import { functionalNames } from '../../plot/electronic-export';
import { propertyPanels } from '../../properties/registry';
import { schemeNames } from '../properties/scheme-names';
import { cutoffLine, meshLine, type StepId } from '../steps';
import { controlRows } from './control-rows';
import { engineNames, physicsRows } from './physics-rows';

export type Row = [name: string, value: ReactNode, mark?: string | undefined];

/** Marks what was set by hand, by whom does not matter: others read it too. */
const byHand = (derived: Derived<unknown> | null) => (derived?.overridden ? 'set by hand' : undefined);

/** All values, step by step. */
export function reviewRows(data: DraftData, resolved: Resolved): [StepId, Row[]][] {
  const { estimate, computer } = resolved;
  const structure: Row[] = [
    ['Formula', resolved.formula ? <Formula key="f" of={resolved.formula} /> : 'none chosen'],
    ['Electrons', resolved.electrons === null ? 'not computed' : resolved.electrons],
    [
      'Pseudopotentials',
      resolved.elements.map(({ entry, element }) => `${element} ${entry}`).join(', ') || 'not computed',
    ],
  ];
  const properties: Row[] = [
    ...chosenProperties(resolved.properties).map(
      (id): Row => [propertyPanels[id].title, resolved.properties[id]!.summary],
    ),
    ['Protocol', resolved.protocol],
    ['Engine', engineNames[resolved.engine ?? 'planewave']],
    [
      'Functional',
      replacingFunctionals[resolved.dispersion] ?? functionalNames[resolved.functional] ?? resolved.functional,
    ],
    ['Electrons are those of', electronicWords[data.electronicType]],
    ...physicsRows(resolved),
    [
      'Cutoff',
      resolved.cutoffHartree ? cutoffLine(resolved.cutoffHartree.value) : 'not computed',
      byHand(resolved.cutoffHartree),
    ],
    ['k-point mesh', meshLine(resolved) ?? 'not computed', byHand(resolved.mesh)],
    ...(resolved.shift?.overridden ? [['Shift of the mesh', mesh(resolved.shift.value), 'set by hand'] as Row] : []),
    ['Occupations', schemeNames[resolved.scheme.value], byHand(resolved.scheme)],
    ...(resolved.widthHartree
      ? [
          [
            'Smearing width',
            `${plain(resolved.widthHartree.value)}${UNIT_SPACE}Ha`,
            byHand(resolved.widthHartree),
          ] as Row,
        ]
      : []),
    [
      'Energy threshold',
      `${scientific(resolved.energyToleranceHartreePerAtom.value)}${UNIT_SPACE}Ha per atom`,
      byHand(resolved.energyToleranceHartreePerAtom),
    ],
    ['Most iterations', resolved.maxIterations.value, byHand(resolved.maxIterations)],
    ['Symmetry', resolved.symmetry ? 'used' : 'not used'],
  ];
  const resources: Row[] = [
    ['Computer', computer?.name ?? 'this computer'],
    ['Cores', resolved.cores.value, byHand(resolved.cores)],
    ['Time limit', duration(data.resources.timeLimitSeconds)],
    ...controlRows(data.resources),
    ['Expected', estimate ? `${roughDuration(estimate.seconds)}, ${bytes(estimate.memoryBytes)}` : 'not computed'],
  ];
  return [
    ['structure', structure],
    ['properties', properties],
    ['resources', resources],
  ];
}

const electronicWords = {
  unknown: 'a metal or an insulator, not known',
  metal: 'a metal',
  insulator: 'an insulator',
} as const;
