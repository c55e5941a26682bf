'use client';
import { useQuery } from '@tanstack/react-query';
import { chosenProperties, propertyIds } from '@/server/properties/ids';
import { useTRPC } from '../../_trpc/client';
import { roughDuration } from '../../format/time';
import { propertyPanels } from '../../properties/registry';
import { withSetting } from '../../properties/setting-change';
import { useWizard } from '../draft-context';
import styles from './properties-step.module.css';

/** A card a property: what it tells, a real example of it, what it costs. */
export function PropertyCards() {
  const { draft, resolved, update } = useWizard();
  const example = useExampleResults();
  const { properties } = draft.data;
  return (
    <fieldset className={styles.section}>
      <legend>What to compute</legend>
      <div className={styles.propertyCards}>
        {propertyIds.map((id) => {
          const { title, sentence, needs, example: draw } = propertyPanels[id];
          const isChosen = id in properties;
          const seconds = resolved?.estimate?.secondsByTask[id];
          return (
            <label key={id} className={styles.propertyCard} data-chosen={isChosen || undefined}>
              <span className={styles.example}>
                {(example && draw(example)) ?? (
                  <span className="faint">Silicon’s will stand here once it is computed</span>
                )}
              </span>
              <span className={styles.cardHead}>
                <input
                  type="checkbox"
                  checked={isChosen}
                  aria-labelledby={`${id}-title`}
                  aria-describedby={`${id}-about`}
                  onChange={() =>
                    update({ properties: withSetting(properties, id, isChosen ? undefined : {}) as typeof properties })
                  }
                />
                <span id={`${id}-title`} className={styles.cardTitle}>
                  {title}
                </span>
                {isChosen && seconds !== undefined && <span className={styles.cost}>{roughDuration(seconds)}</span>}
              </span>
              <span id={`${id}-about`} className={styles.cardText}>
                {sentence} <span className={styles.needs}>{needs}.</span>
              </span>
            </label>
          );
        })}
      </div>
      <Choices />
      <p className="faint">The total energy, the Fermi level and the band gap always come with it.</p>
    </fieldset>
  );
}

/** What the chosen properties ask at once. */
function Choices() {
  const { draft, resolved, update } = useWizard();
  const { properties } = draft.data;
  const occupied = resolved?.electrons ? Math.ceil(resolved.electrons / 2) : null;
  return chosenProperties(properties).map((id) => {
    const { Choice, title } = propertyPanels[id];
    if (!Choice) return null;
    return (
      <fieldset key={id} className={styles.propertyChoice}>
        <legend className={styles.choiceTitle}>{title}</legend>
        <Choice
          draft={draft.data}
          settings={properties[id]!}
          occupied={occupied}
          onChange={(next) => update({ properties: { ...properties, [id]: next } })}
        />
      </fieldset>
    );
  });
}

function useExampleResults() {
  const trpc = useTRPC();
  const home = useQuery(trpc.system.home.queryOptions());
  const id = home.data?.exampleCalculationId ?? null;
  const results = useQuery({ ...trpc.calculations.results.queryOptions({ id: id ?? '' }), enabled: id !== null });
  return results.data;
}
