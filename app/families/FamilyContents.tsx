'use client';
import type { FamilyDetail } from '@/server/schemas/pseudopotentials';
import { Ago } from '../components/Ago';
import { CopyValue } from '../components/CopyValue';
import shared from '../components/list-detail.module.css';
import { plain } from '../format/number';
import styles from './families.module.css';
import { functionalWords, layoutWords, relativityWords, typeWords } from './family-words';
import { PeriodicTable } from './PeriodicTable';
import { RemoveFamily } from './RemoveFamily';

/** One family: its elements at a glance, then every file with what it needs and can. */
export function FamilyContents({ family }: { family: FamilyDetail }) {
  const { id, name, functional, layout, description, createdAt, pseudopotentials } = family;
  const isBuiltIn = id === null;
  return (
    <section aria-labelledby="family-name" className={styles.contents}>
      <div className={shared.head}>
        <div>
          <h2 id="family-name" className={shared.title}>
            {name}
          </h2>
          <p className="soft">
            {functionalWords(functional)}
            {createdAt && (
              <>
                , installed <Ago at={createdAt} />
              </>
            )}
          </p>
          {isBuiltIn && <p className="soft prose">{description}</p>}
        </div>
        {!isBuiltIn && <RemoveFamily id={id} name={name} />}
      </div>
      <PeriodicTable elements={family.elements} />
      <p className="faint">
        Cutoffs for <i>fast</i>, <i>balanced</i> and <i>stringent</i> calculations: {layoutWords[layout]}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region that keys must reach. */}
      <section className={styles.scroll} aria-label={`Pseudopotentials of ${name}`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Element</th>
              <th scope="col">{isBuiltIn ? 'Entry' : 'File'}</th>
              <th scope="col">Kind</th>
              <th scope="col" className={styles.number}>
                Valence
              </th>
              <th scope="col" className={styles.number}>
                Cutoffs (Ha)
              </th>
              {!isBuiltIn && (
                <th scope="col" className={styles.number}>
                  Density (Ha)
                </th>
              )}
              <th scope="col">Relativity</th>
              <th scope="col">Core correction</th>
              {!isBuiltIn && <th scope="col">MD5</th>}
            </tr>
          </thead>
          <tbody>
            {pseudopotentials.map((entry) => (
              <tr key={entry.element}>
                <th scope="row">{entry.element}</th>
                <td className="mono">{entry.fileName}</td>
                <td>{typeWords[entry.type] ?? entry.type}</td>
                <td className={styles.number}>{plain(entry.valenceElectrons)}</td>
                <td className={styles.number}>{cutoffs(entry.cutoffHartree)}</td>
                {!isBuiltIn && (
                  <td className={styles.number}>
                    {plain(entry.densityCutoffHartree ?? 4 * entry.cutoffHartree.balanced, 4)}
                  </td>
                )}
                <td>{entry.relativity ? relativityWords[entry.relativity] : 'not told'}</td>
                <td>{entry.hasCoreCorrection ? 'yes' : 'no'}</td>
                {entry.md5 !== null && (
                  <td className="mono">
                    <CopyValue value={entry.md5} name={`the MD5 sum of ${entry.fileName}`}>
                      {entry.md5.slice(0, 8)}
                    </CopyValue>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** Three numbers, or one where they are the same. */
function cutoffs({ fast, balanced, stringent }: FamilyDetail['pseudopotentials'][number]['cutoffHartree']): string {
  const numbers = fast === stringent ? [balanced] : [fast, balanced, stringent];
  return numbers.map((x) => plain(x, 4)).join(', ');
}
