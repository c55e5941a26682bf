import { useCallback, useMemo } from 'react';
import { inverseOf } from '@/kernels/mechanics/moduli';
import type { ElasticResult } from '@/server/schemas/results';
import { fileStem } from '../../components/download';
import { Notice } from '../../components/Notice';
import { toCsv } from '../../format/csv';
import { count, fixed, quantity } from '../../format/number';
import { methodWords } from '../../plot/electronic-export';
import { NumbersTable } from '../../plot/NumbersTable';
import { PlotFigure } from '../../plot/PlotFigure';
import { youngFigure } from '../../plot/young-figure';
import type { ColorScheme } from '../../theme/tokens';
import { FigureList } from '../FigureList';
import type { ResultsProps } from '../panels';
import styles from './elastic.module.css';
import { ElasticSketch } from './Sketch';
import { StiffnessTable } from './StiffnessTable';

/** A pressure beyond which constants are no longer those of the crystal without stress, by eye. */
const PRESSURE_MAX_GPA = 0.5;

/** The stiffness as a matrix, the moduli of a polycrystal, and Young's modulus by direction. */
export function ElasticResults({ calculation, results }: ResultsProps) {
  const { elastic } = results.properties;
  return elastic && <Elastic calculation={calculation} elastic={elastic} />;
}

function Elastic({ calculation, elastic }: Pick<ResultsProps, 'calculation'> & { elastic: ElasticResult }) {
  const { stiffnessGpa, elasticity, sound, pressureGpa, residualGpa, converged } = elastic;
  const compliance = useMemo(() => (elasticity?.isStable ? inverseOf(stiffnessGpa) : null), [elasticity, stiffnessGpa]);
  const figureIn = useCallback((scheme: ColorScheme) => youngFigure(compliance ?? [], scheme), [compliance]);
  const stem = fileStem(calculation.label);
  const files = [
    {
      label: 'Stiffness as CSV',
      fileName: `${stem}-elastic-constants.csv`,
      mediaType: 'text/csv',
      text: () =>
        toCsv(
          ['GPa', ...stiffnessGpa.map((_, j) => String(j + 1))],
          stiffnessGpa.map((row, i) => [i + 1, ...row]),
        ),
    },
    {
      label: 'Elastic constants as JSON',
      fileName: `${stem}-elastic-constants.json`,
      mediaType: 'application/json',
      text: () => JSON.stringify(elastic),
    },
  ];
  const hill = elasticity?.hill;
  const sentence = hill
    ? `bulk modulus ${quantity(hill.bulk, 1, 'GPa')}, shear modulus ${quantity(hill.shear, 1, 'GPa')}, Young’s modulus ${quantity(hill.young, 1, 'GPa')}, Poisson’s ratio ${fixed(hill.poisson, 3)} (Hill)`
    : 'some strain makes no stress';
  return (
    <section className={styles.elastic} aria-label="Elastic constants">
      {!converged && (
        <Notice tone="warn">Not every strained cell converged: the constants are less sure than they look.</Notice>
      )}
      {elasticity?.isStable !== true && (
        <Notice tone="warn">
          The crystal gives way to a small strain: as it stands here it is not stable, and moduli of it mean nothing.
        </Notice>
      )}
      {Math.abs(pressureGpa) > PRESSURE_MAX_GPA && (
        <Notice tone="warn">
          Without strain the crystal is under {quantity(pressureGpa, 1, 'GPa')}. Relax its cell first: these are the
          constants of a pressed crystal.
        </Notice>
      )}
      <div className={styles.both}>
        <StiffnessTable stiffnessGpa={stiffnessGpa} />
        {elasticity && (
          <NumbersTable
            label="Moduli of a polycrystal"
            header={['Modulus', 'Voigt', 'Reuss', 'Hill']}
            rows={(
              [
                ['Bulk modulus (GPa)', 'bulk', 1],
                ['Shear modulus (GPa)', 'shear', 1],
                ['Young’s modulus (GPa)', 'young', 1],
                ['Poisson’s ratio', 'poisson', 3],
              ] as const
            ).map(([name, key, decimals]) => [
              name,
              ...[elasticity.voigt, elasticity.reuss, elasticity.hill].map((one) => fixed(one[key], decimals)),
            ])}
          />
        )}
      </div>
      <FigureList figures={figuresOf(elastic)} />
      {compliance ? (
        <PlotFigure
          title="Young’s modulus by direction"
          figureIn={figureIn}
          text={`Young’s modulus of ${calculation.formula} in the planes of the axes: ${sentence}.`}
          caption={`Young’s modulus of ${calculation.formula} by direction, in the planes of the cartesian axes of its cell; ${sentence}. Constants from stresses, which they meet within ${quantity(residualGpa, 2, 'GPa')}. ${methodWords(calculation)}`}
          fileStem={`${stem}-young`}
          files={files}
          placeholder={<ElasticSketch />}
          table={<StiffnessTable stiffnessGpa={stiffnessGpa} />}
        />
      ) : null}
      {sound && (
        <p className="faint">
          Sound and Debye temperature are those of a polycrystal without pores, from the moduli of Hill and the density.
        </p>
      )}
    </section>
  );
}

function figuresOf({ elasticity, sound, residualGpa }: ElasticResult): [string, string][] {
  return [
    ...(elasticity ? [['Anisotropy', fixed(elasticity.anisotropy, 3)] as [string, string]] : []),
    ...(sound
      ? ([
          ['Sound, longitudinal', `${count(sound.longitudinalMetrePerSecond)} m/s`],
          ['Sound, transverse', `${count(sound.transverseMetrePerSecond)} m/s`],
          ['Debye temperature', quantity(sound.debyeKelvin, 0, 'K')],
        ] as [string, string][])
      : []),
    ['Stresses off the constants', quantity(residualGpa, 2, 'GPa')],
  ];
}
