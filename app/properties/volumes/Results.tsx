'use client';
import { Slider } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ShownVolumes } from '@/server/schemas/calculation';
import { messageOf, useTRPC } from '../../_trpc/client';
import { Notice } from '../../components/Notice';
import { useSearchState } from '../../components/use-search-state';
import { plain, scientific } from '../../format/number';
import { FieldViewer } from '../../structure/FieldViewer';
import { parseCube } from '../../structure/parse-cube';
import { startingLevel } from '../../structure/starting-level';
import type { ResultsProps } from '../panels';
import styles from './volumes.module.css';

type Volume = ShownVolumes['volumes'][number];

/** The fields that there are: one of them in 3D, all of them to take away. */
export function VolumesResults({ calculation, results }: ResultsProps) {
  const volumes = results.properties.volumes?.volumes ?? [];
  const names = volumes.map(({ cube }) => cube);
  const [shown, show] = useSearchState('field', names, names[0] ?? '');
  const volume = volumes.find(({ cube }) => cube === shown);
  if (!volume) return null;
  return (
    <section className={styles.volumes} aria-labelledby="volumes-title">
      <h2 id="volumes-title">Densities and orbitals</h2>
      <div className={styles.both}>
        <FieldPicture
          key={volume.cube}
          volume={volume}
          // A relaxed structure is where the field was computed.
          structureId={results.properties.relax?.structureId ?? calculation.structureId}
          formula={calculation.formula}
        />
        <table className={styles.list}>
          <caption>Fields</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">From, to</th>
              <th scope="col">Files</th>
            </tr>
          </thead>
          <tbody>
            {volumes.map((one) => (
              <tr key={one.cube}>
                <th scope="row">
                  <button type="button" aria-pressed={one.cube === shown} onClick={() => show(one.cube)}>
                    {one.label}
                  </button>
                </th>
                <td>
                  {plain(one.minimum, 3)}, {plain(one.maximum, 3)} <span className="faint">{unitOf(one)}</span>
                </td>
                <td>
                  <a href={one.cubeHref} download>
                    cube
                  </a>
                  {one.npyHref && (
                    <>
                      {', '}
                      <a href={one.npyHref} download>
                        npy
                      </a>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Units as engines write them, typeset. */
const unitOf = ({ unit }: Volume) => unit.replace('^3', '³');

/** Thousandths of the largest value, on a slider whose steps are even on a log axis. */
const LEAST_DECADE = -3;
const HIGHEST_DECADE = -0.02;

function FieldPicture({ volume, structureId, formula }: { volume: Volume; structureId: string; formula: string }) {
  const trpc = useTRPC();
  const structure = useQuery(trpc.structures.get.queryOptions({ id: structureId }));
  const field = useQuery({
    queryKey: ['cube', volume.cubeHref],
    queryFn: async () => {
      const answer = await fetch(volume.cubeHref);
      if (!answer.ok) throw new Error('The file of the field could not be read.');
      return parseCube(await answer.text());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [chosen, setPower] = useState<number | null>(null);
  const [drawnPower, setDrawn] = useState<number | null>(null);
  const largest = Math.max(Math.abs(volume.minimum), Math.abs(volume.maximum)) || 1;
  const values = field.data?.values;
  const start = useMemo(() => (values ? startingLevel(values) : 0), [values]);
  const automatic = Math.min(HIGHEST_DECADE, Math.max(LEAST_DECADE, Math.log10(start / largest || 1e-9)));
  const power = chosen ?? automatic;
  const level = largest * 10 ** (drawnPower ?? automatic);
  const error = field.error ?? structure.error;
  return (
    <div className={styles.picture}>
      {error && <Notice tone="bad">{messageOf(error)}</Notice>}
      <div className={styles.frame}>
        {structure.data && field.data && (
          <FieldViewer structure={structure.data.structure} formula={formula} field={field.data} level={level} />
        )}
      </div>
      <div className={styles.level}>
        <span id="level-name">Surface at</span>
        <Slider
          className={styles.slider}
          thumbProps={{ 'aria-labelledby': 'level-name' }}
          min={LEAST_DECADE}
          max={HIGHEST_DECADE}
          step={0.02}
          value={power}
          onChange={setPower}
          onChangeEnd={setDrawn}
          label={null}
        />
        <span className="figures">
          {scientific(largest * 10 ** power, 2)} {unitOf(volume)}
        </span>
      </div>
    </div>
  );
}
