import { cellParameters, cellVolume } from '@/kernels/crystal/cell';
import type { Matrix3 } from '@/kernels/crystal/schema';
import type { SymmetrySummary } from '@/server/schemas/structure';
import { SpaceGroup } from '../../components/Typeset';
import { fixed } from '../../format/number';
import styles from './relax.module.css';

interface Props {
  before: Matrix3;
  after: Matrix3;
  symmetry: { before: SymmetrySummary | null; after: SymmetrySummary | null };
}

/** The cell at the first geometry and at the last. */
export function CellTable({ before, after, symmetry }: Props) {
  const rows = rowsOf(before).map(([name, unit, decimals, value], i) => {
    const end = rowsOf(after)[i]![3];
    return { name, unit, decimals, value, end };
  });
  return (
    <table className={styles.cell}>
      <caption>The cell before and after</caption>
      <thead>
        <tr>
          <th scope="col">Quantity</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, unit, decimals, value, end }) => (
          <tr key={name}>
            <th scope="row">
              <i>{name}</i> ({unit})
            </th>
            <td>{fixed(value, decimals)}</td>
            <td>{fixed(end, decimals)}</td>
            <td>{unit === '°' ? `${signed(end - value, 2)}°` : `${signed(100 * (end / value - 1), 2)} %`}</td>
          </tr>
        ))}
        {symmetry.before && symmetry.after && (
          <tr>
            <th scope="row">Space group</th>
            <td>
              <SpaceGroup symbol={symmetry.before.spaceGroupSymbol} />
            </td>
            <td>
              <SpaceGroup symbol={symmetry.after.spaceGroupSymbol} />
            </td>
            <td>{symmetry.before.spaceGroupNumber === symmetry.after.spaceGroupNumber ? 'the same' : 'changed'}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function rowsOf(cell: Matrix3): [name: string, unit: string, decimals: number, value: number][] {
  const { lengthsAngstrom, anglesDegrees } = cellParameters(cell);
  return [
    ...(['a', 'b', 'c'] as const).map(
      (name, i) => [name, 'Å', 4, lengthsAngstrom[i]!] as [string, string, number, number],
    ),
    ...(['α', 'β', 'γ'] as const).map(
      (name, i) => [name, '°', 2, anglesDegrees[i]!] as [string, string, number, number],
    ),
    ['V', 'Å³', 3, cellVolume(cell)],
  ];
}

const signed = (value: number, decimals: number) => {
  const shown = fixed(value, decimals);
  return value > 0 && /[1-9]/.test(shown) ? `+${shown}` : shown;
};
