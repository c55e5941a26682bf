'use client';
import { useEffect, useMemo, useRef } from 'react';
import type { Structure } from '@/kernels/crystal/schema';
import { fixed, plain } from '../format/number';
import styles from './structure-view.module.css';

interface Props {
  structure: Structure;
  wyckoffLetters?: readonly string[];
  selected: readonly number[];
  onToggle: (site: number) => void;
}

const SHOWN_MAX = 500;

/** All sites; choosing one marks it in the drawing, and the other way round. */
export function SiteTable({ structure, wyckoffLetters: letters, selected, onToggle }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { sites, cellAngstrom } = structure;
  const chosen = useMemo(() => new Set(selected), [selected]);
  useEffect(() => {
    if (selected.length === 1) body.current?.rows[selected[0]!]?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach.
    <section className={styles.sites} aria-label="Sites" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Site</th>
            <th scope="col">Element</th>
            {letters && <th scope="col">Wyckoff</th>}
            {['x', 'y', 'z'].map((axis) => (
              <th key={axis} scope="col">
                {axis}
                {cellAngstrom ? '' : ' (Å)'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {sites.slice(0, SHOWN_MAX).map(({ species, position, label }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a site's number is its name.
            <tr key={index} data-selected={chosen.has(index) || undefined}>
              <th scope="row">
                <button type="button" aria-pressed={chosen.has(index)} onClick={() => onToggle(index)}>
                  {label ?? index + 1}
                </button>
              </th>
              <td>
                {species
                  .map(({ element, concentration }) =>
                    concentration === 1 ? element : `${element} ${plain(concentration, 3)}`,
                  )
                  .join(', ')}
              </td>
              {letters && (
                <td>
                  <i>{letters[index]}</i>
                </td>
              )}
              {position.map((x, axis) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the axis is the name.
                <td key={axis}>{fixed(x, 4)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sites.length > SHOWN_MAX && (
        <p className="faint">
          The first {SHOWN_MAX} of {sites.length} sites; the exports have all.
        </p>
      )}
    </section>
  );
}
