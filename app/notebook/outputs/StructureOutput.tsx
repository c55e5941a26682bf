'use client';
import { useMemo } from 'react';
import { KernelError } from '@/kernels/core/errors';
import { formula } from '@/kernels/crystal/formula';
import { parseStructure } from '@/kernels/crystal/structure';
import { Notice } from '../../components/Notice';
import { StructureViewer } from '../../structure/StructureViewer';
import styles from './outputs.module.css';

/** A structure in the platform's viewer. */
export function StructureOutput({ value }: { value: unknown }) {
  const read = useMemo(() => {
    try {
      const structure = parseStructure(value);
      return { structure, formula: formula(structure) };
    } catch (err) {
      return { fault: err instanceof KernelError ? err.message : 'This is not a structure.' };
    }
  }, [value]);
  if ('fault' in read) return <Notice tone="bad">{read.fault}</Notice>;
  return (
    <div className={styles.structure}>
      <StructureViewer structure={read.structure} formula={read.formula} isCompact />
    </div>
  );
}
