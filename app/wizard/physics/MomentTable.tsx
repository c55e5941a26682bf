'use client';
import { Button } from '@mantine/core';
import type { Structure } from '@/kernels/crystal/schema';
import { WithUnits } from '../../components/Typeset';
import { NumberField } from '../../fields/NumberField';
import { fixed } from '../../format/number';
import { mainElement } from '../../structure/view-geometry';
import styles from './physics.module.css';

interface Props {
  structure: Structure;
  moments: number[];
  /** Those that would be taken without a choice. */
  start: number[];
  onChange: (moments: number[]) => void;
}

/** The moment of every site, and the patterns that are wanted most. */
export function MomentTable({ structure, moments, start, onChange }: Props) {
  const { sites } = structure;
  const isChanged = moments.some((moment, i) => moment !== start[i]);
  return (
    <div className={styles.moments}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach. */}
      <section className={styles.momentScroll} aria-label="Starting moments of the sites" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Site</th>
              <th scope="col">Element</th>
              <th scope="col">Place</th>
              <th scope="col">
                <WithUnits text="Moment (μB)" />
              </th>
            </tr>
          </thead>
          <tbody>
            {sites.map((site, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a site's number is its name.
              <tr key={i}>
                <th scope="row">{site.label ?? i + 1}</th>
                <td>{mainElement(site)}</td>
                <td className={styles.place}>{site.position.map((x) => fixed(x, 3)).join(', ')}</td>
                <td>
                  <NumberField
                    label={`Starting moment of site ${i + 1}, ${mainElement(site)}`}
                    isLabelHidden
                    min={-20}
                    max={20}
                    width={96}
                    value={moments[i]!}
                    onChange={(moment) => onChange(moments.with(i, moment))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not fields of a form. */}
      <div className={styles.patterns} role="group" aria-label="Patterns of moments">
        <Button variant="default" size="compact-sm" onClick={() => onChange(moments.map(Math.abs))}>
          All up
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={moments.filter((moment) => moment !== 0).length < 2}
          onClick={() => onChange(alternating(moments))}
        >
          Up and down in turn
        </Button>
        <Button variant="subtle" size="compact-sm" disabled={!isChanged} onClick={() => onChange(start)}>
          Back to those of the elements
        </Button>
      </div>
    </div>
  );
}

/** The sites that have a moment, up and down in the order of the table. */
function alternating(moments: number[]): number[] {
  let sign = -1;
  return moments.map((moment) => {
    if (moment === 0) return 0;
    sign = -sign;
    return sign * Math.abs(moment);
  });
}
