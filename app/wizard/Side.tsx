'use client';
import { Formula, SpaceGroup } from '../components/Typeset';
import { StructureViewer } from '../structure/StructureViewer';
import { useWizard } from './draft-context';
import { RunningSummary } from './RunningSummary';
import styles from './wizard.module.css';

/** The structure in 3D and below it what the choices amount to. */
export function Side() {
  const { structure } = useWizard();
  return (
    <div className={styles.sideBody}>
      {structure ? (
        <>
          <div className={styles.sideTitle}>
            <p className={styles.sideFormula}>
              <Formula of={structure.formula} />
            </p>
            {structure.symmetry && (
              <p className="soft">
                <SpaceGroup symbol={structure.symmetry.spaceGroupSymbol} />
              </p>
            )}
          </div>
          <div className={styles.sideViewer}>
            <StructureViewer structure={structure.structure} formula={structure.formula} isCompact />
          </div>
        </>
      ) : (
        <div className={styles.noStructure}>
          <p className="faint">The structure will stand here.</p>
        </div>
      )}
      <RunningSummary />
    </div>
  );
}
