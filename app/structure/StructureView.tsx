'use client';
import { useMemo, useState } from 'react';
import type { StructureDetail } from '@/server/schemas/structure';
import { Notice } from '../components/Notice';
import { SiteTable } from './SiteTable';
import { StructureFacts } from './StructureFacts';
import { StructureViewer } from './StructureViewer';
import styles from './structure-view.module.css';

/** A structure in full: the viewer and the table of sites, linked both ways, and the facts. */
export function StructureView({ structure }: { structure: StructureDetail }) {
  const [site, setSite] = useState<number | null>(null);
  const selected = useMemo(() => (site === null ? [] : [site]), [site]);
  return (
    <div className={styles.view}>
      {structure.issues.map(({ code, severity, message }) => (
        <Notice key={code + message} tone={severity === 'error' ? 'bad' : 'warn'}>
          {message}
        </Notice>
      ))}
      <div className={styles.both}>
        <div className={styles.viewer}>
          <StructureViewer
            structure={structure.structure}
            formula={structure.formula}
            selectedSites={selected}
            onSelectSite={setSite}
          />
        </div>
        <SiteTable
          structure={structure.structure}
          wyckoffLetters={structure.symmetry?.wyckoffLetters}
          selected={selected}
          onToggle={(toggled) => setSite(toggled === site ? null : toggled)}
        />
      </div>
      <StructureFacts structure={structure} />
    </div>
  );
}
