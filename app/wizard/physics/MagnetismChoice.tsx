'use client';
import { Checkbox } from '@mantine/core';
import { Notice } from '../../components/Notice';
import { NumberField } from '../../fields/NumberField';
import { HelpLink } from '../../help/HelpLink';
import { useWizard } from '../draft-context';
import { ChoiceCards } from '../properties/ChoiceCards';
import stepStyles from '../properties/properties-step.module.css';
import { startingMoments } from './default-moments';
import { MomentTable } from './MomentTable';
import styles from './physics.module.css';

/** Whether spins may order, with what they start, and whether the moment of the cell is held. */
export function MagnetismChoice() {
  const { draft, structure, resolved, update } = useWizard();
  const { magnetism } = draft.data;
  const set = (changes: Partial<typeof magnetism>) => update({ magnetism: { ...magnetism, ...changes } });
  const start = structure ? startingMoments(structure.structure) : [];
  const fits = magnetism.moments?.length === start.length;
  const moments = fits ? magnetism.moments! : start;
  const total = moments.reduce((sum, moment) => sum + moment, 0);
  return (
    <>
      <ChoiceCards
        legend="Magnetism"
        name="magnetism"
        value={magnetism.kind}
        onChange={(kind) =>
          set(kind === 'none' ? { kind, moments: null, totalMagnetisation: null } : { kind, moments: start })
        }
        choices={[
          { value: 'none', title: 'Off', text: 'Every band holds electrons in pairs.' },
          {
            value: 'collinear',
            title: 'Collinear',
            text: 'Spins up and down apart: ferromagnets, antiferromagnets, open shells. About twice the time.',
          },
        ]}
        help={
          <HelpLink guide="magnets-and-relaxations" section="a-magnet">
            How to start a magnet
          </HelpLink>
        }
      />
      {magnetism.kind === 'collinear' && structure && (
        <section className={stepStyles.section} aria-labelledby="moments-title">
          <h3 id="moments-title">Starting moments</h3>
          <p className={styles.lead}>
            Where the search begins, in Bohr magnetons; what comes out may differ. Opposite signs start an
            antiferromagnet: sites of one element may have moments of their own.
          </p>
          {magnetism.moments !== null && !fits && (
            <Notice tone="warn">
              The moments were chosen for another structure. Those of the elements are shown; changing one takes them.
            </Notice>
          )}
          <MomentTable
            structure={structure.structure}
            moments={moments}
            start={start}
            onChange={(next) => set({ moments: next })}
          />
          {moments.every((moment) => moment === 0) && magnetism.totalMagnetisation === null && (
            <Notice tone="warn">No site starts with a moment: without one the result stays without magnetism.</Notice>
          )}
          <div className={styles.total}>
            <Checkbox
              label="Fix the moment of the cell"
              description="Off: it goes where the energy is lowest."
              checked={magnetism.totalMagnetisation !== null}
              onChange={(event) =>
                set({
                  totalMagnetisation: event.currentTarget.checked ? nearestWhole(total, resolved?.electrons) : null,
                })
              }
            />
            {magnetism.totalMagnetisation !== null && (
              <NumberField
                label="Moment of the cell"
                unit="Bohr magnetons"
                min={-1000}
                max={1000}
                width={200}
                value={magnetism.totalMagnetisation}
                onChange={(totalMagnetisation) => set({ totalMagnetisation })}
              />
            )}
          </div>
        </section>
      )}
    </>
  );
}

/** With so many electrons a whole moment is even or odd as they are. */
function nearestWhole(total: number, electrons: number | null | undefined): number {
  const whole = Math.round(total);
  if (!electrons || !Number.isInteger(electrons)) return whole;
  return (whole - electrons) % 2 === 0 ? whole : whole + (total >= whole ? 1 : -1);
}
