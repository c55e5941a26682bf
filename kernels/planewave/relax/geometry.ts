import { BOHR_ANGSTROM } from '../../core/constants';
import type { Structure } from '../../crystal/schema';
import { structureInput } from '../../crystal/structure';
import type { Matrix3, Vector3 } from '../basis/lattice';
import type { Session } from '../session';
import { prepareSetup } from '../setup/prepare-setup';
import type { System } from '../system';
import type { Freedom } from './coordinates';

export interface Geometry {
  cellAngstrom: Matrix3;
  /** Fractional. */
  positions: Vector3[];
}

export function geometryOf({ lattice, positions }: System): Geometry {
  const cellAngstrom = lattice.vectors.map((row) => row.map((x) => x * BOHR_ANGSTROM)) as Matrix3;
  return { cellAngstrom, positions };
}

/** The input at another geometry, with fresh plane waves, symmetry and k-points. */
export function setupAt(session: Session, { cellAngstrom, positions }: Geometry) {
  const { structure } = session.setup;
  const sites = structure.sites.map((site, i) => ({ ...site, position: positions[i]! }));
  const moved: Structure = { ...structure, cellAngstrom, sites };
  const { host, input } = session;
  return prepareSetup(
    { ...input, structure: structureInput(moved) },
    { memoryBytes: host.memoryBytes, threads: input.threads ?? host.defaultThreads },
  );
}

/** A direction without periodicity keeps its cell vector: there is only vacuum to squeeze. */
export function freedomOf({ input, setup }: Session): Freedom {
  const { fixed, cell, fixedCellAxes } = input.relax;
  const { periodic, sites } = setup.structure;
  return {
    cell,
    fixedCellAxes: fixedCellAxes.map(
      (isFixed, i) => isFixed || !periodic[i] || (input.boundaries === 'slab' && i === 2),
    ) as [boolean, boolean, boolean],
    fixed: sites.map((_, site) => {
      const found = fixed.filter((one) => one.site === site);
      return [0, 1, 2].map((axis) => found.some(({ axes }) => !axes || axes[axis])) as [boolean, boolean, boolean];
    }),
  };
}
