'use client';
import { useEffect, useMemo } from 'react';
import type { Structure } from '@/kernels/crystal/schema';
import { Notice } from '../components/Notice';
import { ProjectionDrawing } from './ProjectionDrawing';
import { type CubeField, closeField } from './parse-cube';
import { useScene } from './use-scene';
import { describeStructure, drawnAtoms, NONE_HIDDEN } from './view-geometry';
import styles from './viewer.module.css';

/** Okabe and Ito's blue and vermilion: of one sign and of the other. */
const COLORS = { plus: '#0072b2', minus: '#d55e00' } as const;

interface Props {
  structure: Structure;
  formula: string;
  field: CubeField;
  /** Surfaces at this value, and at its negative where the field reaches it. */
  level: number;
}

/** A field over its structure, as surfaces of equal value. */
export function FieldViewer({ structure, formula, field, level }: Props) {
  const { host, scene, mode } = useScene();
  const closed = useMemo(() => closeField(field), [field]);
  const hasMinus = useMemo(() => field.values.some((value) => value < -level), [field, level]);
  const text = `${describeStructure(structure, formula)} With surfaces of equal value of the field.`;
  useEffect(() => {
    scene?.draw(drawnAtoms(structure, [1, 1, 1]), structure.cellAngstrom, true, true);
  }, [scene, structure]);
  useEffect(() => {
    scene?.drawField(closed, [
      { level, color: COLORS.plus },
      ...(hasMinus ? [{ level: -level, color: COLORS.minus }] : []),
    ]);
  }, [scene, closed, level, hasMinus]);
  return (
    <>
      <div className={styles.stage}>
        <div ref={host} className={styles.canvas} data-mode={mode} role="img" aria-label={text} />
        {mode !== 'scene' && <ProjectionDrawing structure={structure} text={text} hidden={NONE_HIDDEN} />}
      </div>
      {mode === 'drawing' && (
        <Notice tone="calm">This browser draws no 3D. The files open in VESTA and other programs.</Notice>
      )}
    </>
  );
}
