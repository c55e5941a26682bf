'use client';
import { Switch } from '@mantine/core';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Structure, Vector3 } from '@/kernels/crystal/schema';
import { AxisTriad } from './AxisTriad';
import { Legend } from './Legend';
import { ProjectionDrawing } from './ProjectionDrawing';
import { useScene } from './use-scene';
import { ViewerTools } from './ViewerTools';
import {
  ATOMS_DRAWN_MAX,
  affordableRepeat,
  describeStructure,
  drawnAtoms,
  type HiddenElements,
  NONE_HIDDEN,
  toggleElement,
} from './view-geometry';
import styles from './viewer.module.css';
import type { Scene, View } from './weas-scene';

interface Props {
  structure: Structure;
  formula: string;
  selectedSites?: readonly number[];
  onSelectSite?: (site: number | null) => void;
  /** Only the drawing and its views, for narrow places. */
  isCompact?: boolean;
}

const NONE: readonly number[] = [];

/** A structure in 3D; a drawn projection where there is no WebGL, and until weas has come. Wheel and keys stay the page's own. */
export function StructureViewer({ structure, formula, selectedSites = NONE, onSelectSite, isCompact = false }: Props) {
  const [axes, setAxes] = useState<Vector3[]>([]);
  const { host, scene, mode } = useScene({ onPick: onSelectSite, onTurn: setAxes });
  const [repeat, setRepeat] = useState(1);
  const [hidden, setHidden] = useState<HiddenElements>(NONE_HIDDEN);
  const [hasBonds, setHasBonds] = useState(true);
  const [hasLabels, setHasLabels] = useState(false);
  const helpId = useId();
  const text = useMemo(() => describeStructure(structure, formula), [structure, formula]);

  useEffect(() => {
    if (!scene) return;
    const cells = affordableRepeat(structure, [repeat, repeat, repeat]);
    const atoms = drawnAtoms(structure, cells).filter(({ element }) => !hidden.has(element));
    // Beyond what stays fluid the balls must do.
    scene.draw(atoms, structure.cellAngstrom, hasBonds && atoms.length <= ATOMS_DRAWN_MAX);
  }, [scene, structure, repeat, hasBonds, hidden]);

  useEffect(() => {
    scene?.label(hasLabels);
  }, [scene, hasLabels]);

  useEffect(() => {
    scene?.select(selectedSites);
  }, [scene, selectedSites]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = keySteps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(scene);
  };
  const look = (view: View) => scene?.view(view);

  return (
    <div className={styles.viewer} data-compact={isCompact || undefined}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing that is turned by keys; figure takes no focus. */}
      <div
        className={styles.stage}
        role="group"
        aria-roledescription="3D structure"
        aria-label={text}
        aria-describedby={helpId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys turn it.
        tabIndex={0}
        onKeyDownCapture={onKeyDown}
      >
        <div
          ref={host}
          className={styles.canvas}
          data-mode={mode}
          onKeyDownCapture={(event) => event.stopPropagation()}
        />
        {mode !== 'scene' && <ProjectionDrawing structure={structure} text={text} hidden={hidden} />}
        {mode === 'scene' && <AxisTriad axes={axes} />}
        <Legend
          structure={structure}
          hidden={hidden}
          onToggle={(element) => setHidden(toggleElement(structure, hidden, element))}
        />
      </div>
      <p id={helpId} className="visually-hidden">
        Arrow keys turn it, plus and minus change its size, a, b and c look along the axes, Home puts it back.
      </p>
      <div className={styles.tools}>
        <ViewerTools
          isDrawn={mode === 'drawing'}
          hasCell={structure.cellAngstrom !== null}
          repeat={repeat}
          onRepeat={setRepeat}
          onView={look}
          onZoom={(factor) => scene?.zoom(factor)}
          onTurn={(right, up) => scene?.turn(right, up)}
          isCompact={isCompact}
        />
        {!isCompact && mode !== 'drawing' && (
          <>
            <Switch size="xs" label="Bonds" checked={hasBonds} onChange={(e) => setHasBonds(e.currentTarget.checked)} />
            <Switch
              size="xs"
              label="Labels"
              checked={hasLabels}
              onChange={(e) => setHasLabels(e.currentTarget.checked)}
            />
          </>
        )}
      </div>
    </div>
  );
}

const keySteps: Record<string, (scene: Scene | null) => void> = {
  ArrowLeft: (scene) => scene?.turn(-1, 0),
  ArrowRight: (scene) => scene?.turn(1, 0),
  ArrowUp: (scene) => scene?.turn(0, 1),
  ArrowDown: (scene) => scene?.turn(0, -1),
  '+': (scene) => scene?.zoom(1.2),
  '=': (scene) => scene?.zoom(1.2),
  '-': (scene) => scene?.zoom(1 / 1.2),
  a: (scene) => scene?.view('a'),
  b: (scene) => scene?.view('b'),
  c: (scene) => scene?.view('c'),
  Home: (scene) => scene?.view('start'),
};
