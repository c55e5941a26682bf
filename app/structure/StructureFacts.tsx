import type { StructureDetail } from '@/server/schemas/structure';
import { SpaceGroup } from '../components/Typeset';
import { fixed, quantity, UNIT_SPACE } from '../format/number';
import styles from './facts.module.css';
import { wyckoffRows } from './wyckoff';

/** Cell, volume, density, symmetry and Wyckoff positions. */
export function StructureFacts({ structure }: { structure: StructureDetail }) {
  const { cell, symmetry, symmetryNote, volumeAngstrom3, densityGramPerCm3 } = structure;
  return (
    <div className={styles.facts}>
      <dl className={styles.list}>
        {cell && (
          <>
            <Fact name="a, b, c">
              {[cell.aAngstrom, cell.bAngstrom, cell.cAngstrom].map((x) => fixed(x, 4)).join(', ')}
              {UNIT_SPACE}Å
            </Fact>
            <Fact name="α, β, γ">
              {[cell.alphaDegrees, cell.betaDegrees, cell.gammaDegrees].map((x) => `${fixed(x, 2)}°`).join(', ')}
            </Fact>
            <Fact name="Volume">{quantity(volumeAngstrom3, 3, 'Å³')}</Fact>
            <Fact name="Density">{quantity(densityGramPerCm3, 3, 'g/cm³')}</Fact>
          </>
        )}
        <Fact name="Atoms">{structure.sites}</Fact>
        {symmetry ? (
          <>
            <Fact name="Space group">
              <SpaceGroup symbol={symmetry.spaceGroupSymbol} /> (No. {symmetry.spaceGroupNumber})
            </Fact>
            <Fact name="Crystal system">{symmetry.crystalSystem}</Fact>
            <Fact name="Point group">
              <SpaceGroup symbol={symmetry.pointGroup} />, {symmetry.operations} operations
            </Fact>
          </>
        ) : (
          <Fact name="Symmetry">{symmetryNote ?? 'not computed'}</Fact>
        )}
      </dl>
      {symmetry && (
        <table className={styles.table}>
          <caption>Wyckoff positions</caption>
          <thead>
            <tr>
              <th scope="col">Element</th>
              <th scope="col">Letter</th>
              <th scope="col" className={styles.number}>
                Sites
              </th>
              <th scope="col" className={styles.number}>
                The first of them at
              </th>
            </tr>
          </thead>
          <tbody>
            {wyckoffRows(structure.structure, symmetry).map(({ element, letter, sites, position }) => (
              <tr key={element + letter}>
                <td>{element}</td>
                <td>
                  <i>{letter}</i>
                </td>
                <td className={styles.number}>{sites}</td>
                <td className={styles.number}>{position.map((x) => fixed(x, 4)).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}
