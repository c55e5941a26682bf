'use client';
import { ActionIcon, SegmentedControl } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Structure } from '@/kernels/crystal/schema';
import { useSearchState } from '../components/use-search-state';
import { ProjectionDrawing } from './ProjectionDrawing';
import styles from './trajectory.module.css';
import { type Geometry, trajectoryFrames } from './trajectory-frames';
import { useScene } from './use-scene';
import { describeStructure, NONE_HIDDEN } from './view-geometry';
import viewerStyles from './viewer.module.css';

const FRAME_MS = 350;
const factors = ['1', '5', '20'] as const;

interface Props {
  structure: Structure;
  formula: string;
  geometries: Geometry[];
  step: number;
  onStep: (step: number) => void;
  /** What is told of a step. */
  readout: (step: number) => string;
}

/** A trajectory in 3D: played, or moved through by hand. It never plays by itself, and not at all where motion is unwanted. */
export function TrajectoryPlayer({ structure, formula, geometries, step, onStep, readout }: Props) {
  const { host, scene, mode } = useScene();
  const [isPlaying, setIsPlaying] = useState(false);
  const [factor, setFactor] = useSearchState('motion', factors, '1');
  const isStill = useReducedMotion();
  const helpId = useId();
  const frames = useMemo(
    () => trajectoryFrames(structure, geometries, Number(factor)),
    [structure, geometries, factor],
  );
  const last = frames.length - 1;
  const frame = frames[Math.min(step, last)]!;

  useEffect(() => {
    scene?.draw(frame.atoms, frame.cell, true, true);
  }, [scene, frame]);

  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      if (step >= last) setIsPlaying(false);
      else onStep(step + 1);
    }, FRAME_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, step, last, onStep]);

  const play = () => {
    if (!isPlaying && step >= last) onStep(0);
    setIsPlaying(!isPlaying);
  };
  const { cellAngstrom, fractional } = geometries[Math.min(step, last)]!;
  const shown: Structure = {
    ...structure,
    cellAngstrom,
    sites: structure.sites.map((site, i) => ({ ...site, position: fractional[i]! })),
  };
  const text = describeStructure(shown, formula);
  return (
    <div className={styles.player}>
      <div className={viewerStyles.stage}>
        <div ref={host} className={viewerStyles.canvas} data-mode={mode} role="img" aria-label={text} />
        {mode !== 'scene' && <ProjectionDrawing structure={shown} text={text} hidden={NONE_HIDDEN} />}
      </div>
      <div className={styles.controls}>
        {!isStill && (
          <ActionIcon
            variant="default"
            size={36}
            radius="xl"
            aria-label={isPlaying ? 'Pause the relaxation' : 'Play the relaxation'}
            onClick={play}
          >
            {isPlaying ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
          </ActionIcon>
        )}
        <input
          type="range"
          className={styles.range}
          aria-label="Step of the relaxation"
          aria-describedby={helpId}
          min={0}
          max={last}
          value={step}
          onChange={(event) => {
            setIsPlaying(false);
            onStep(Number(event.currentTarget.value));
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label="Displacements, times"
          value={factor}
          onChange={(value) => setFactor(value as (typeof factors)[number])}
          data={factors.map((value) => ({ value, label: `${value}×` }))}
        />
      </div>
      <p id={helpId} className={styles.readout}>
        <span className="figures">{readout(step)}</span>
        {factor !== '1' && (
          <span className="faint"> Displacements from the end are drawn {factor} times as large.</span>
        )}
        {isStill && <span className="faint"> Your system asks for no motion: the slider moves it.</span>}
      </p>
    </div>
  );
}
