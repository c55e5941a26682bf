import { Atoms, WEAS } from 'weas/dist/index.mjs';
import type { Matrix3, Vector3 } from '@/kernels/crystal/schema';
import { lightenMesh } from './lighten-scene';
import type { DrawnAtom } from './view-geometry';

/** Ball, or ball and stick, as weas numbers them. */
const MODEL = { balls: 0, sticks: 1 } as const;
/** weas leaves 10 angstrom of air around everything: too much for a small cell. */
const WEAS_MARGIN = 10;
const MARGIN = 3;
const DEGREES_A_STEP = 15;

export type View = 'start' | 'a' | 'b' | 'c';

export interface SceneOptions {
  cellColor: string;
  /** An atom was clicked; null beside all atoms. */
  onPick: (site: number | null) => void;
  /** The directions of a, b and c on the screen (x to the right, y up, z to the viewer), after each turn. */
  onTurn: (axes: Vector3[]) => void;
}

/** Values on the points of a grid, the last axis innermost, both ends of the cell included. */
export interface Field {
  values: ArrayLike<number>;
  grid: Vector3;
  cellAngstrom: Matrix3;
}

export interface Scene {
  /** `keepsView`: as the camera stands, for frames that follow each other. */
  draw(atoms: DrawnAtom[], cell: Matrix3 | null, hasBonds: boolean, keepsView?: boolean): void;
  /** Surfaces of equal value of a field, over the atoms that are drawn. */
  drawField(field: Field, surfaces: { level: number; color: string }[]): void;
  view(view: View): void;
  turn(rightSteps: number, upSteps: number): void;
  zoom(factor: number): void;
  select(sites: readonly number[]): void;
  label(isOn: boolean): void;
  resize(): void;
  end(): void;
}

/** A scene of weas in an element. It turns y-up into z-up, so that c stands upright as crystallographers draw it. */
export function createScene(element: HTMLElement, { cellColor, onPick, onTurn }: SceneOptions): Scene {
  const weas = new WEAS({
    domElement: element,
    viewerConfig: {
      modelStyle: MODEL.sticks,
      colorType: 'JMOL',
      cellSettings: { showCell: true, showAxes: false, cellColor, cellLineWidth: 1.5 },
    },
    guiConfig: { controls: { enabled: false }, buttons: { enabled: false }, timeline: { enabled: false } },
  });
  const { tjs, avr } = weas;
  const canvas = tjs.renderers.MainRenderer.renderer.domElement;
  let drawn: DrawnAtom[] = [];
  let axes: Matrix3 | null = null;
  let hasLabels = false;
  let azimuth = 0;
  let elevation = 0;
  let isPicking = true;
  tjs.scene.background = null;
  // The wheel belongs to the page, and a finger that moves up or down scrolls it.
  tjs.controls.enableZoom = false;
  canvas.style.touchAction = 'pan-y';
  canvas.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  const tellTurn = () => axes && onTurn(axes.map((axis) => onScreen(axis, tjs.camera.matrixWorldInverse.elements)));
  tjs.controls.addEventListener('change', tellTurn);
  element.addEventListener('viewerUpdated', (event) => {
    const { selectedAtomsIndices: picked } = (event as CustomEvent<{ selectedAtomsIndices?: number[] }>).detail;
    if (picked && isPicking) onPick(drawn[picked.at(-1) ?? -1]?.site ?? null);
  });

  /** One frame for all that an act changes: weas draws after each change by itself. */
  const inOneFrame = (act: () => void) => {
    const { render } = tjs;
    tjs.render = () => undefined;
    try {
      act();
    } finally {
      tjs.render = render;
    }
    tjs.scene.traverse((mesh) => lightenMesh(mesh, drawn.length));
    tjs.render();
  };
  const look = (direction: Vector3) => {
    tjs.camera.zoom = 1;
    tjs.updateCameraAndControls({ direction });
    const width = tjs.camera.right - tjs.camera.left;
    tjs.camera.zoom = width / (width - WEAS_MARGIN + MARGIN);
    tjs.camera.updateProjectionMatrix();
    tjs.render();
    tjs.camera.updateMatrixWorld();
    tellTurn();
  };
  const lookFrom = (right: number, up: number) => {
    azimuth = right;
    elevation = Math.max(-89.9, Math.min(89.9, up));
    const [a, e] = [azimuth, elevation].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
    look(standing([Math.sin(a) * Math.cos(e), -Math.cos(a) * Math.cos(e), Math.sin(e)]));
  };
  const drawLabels = () => {
    avr.ALManager.settings = hasLabels ? [{ origins: 'positions', texts: 'symbols' }] : [];
    avr.ALManager.drawAtomLabels();
    weas.render();
  };

  return {
    draw: (atoms, cell, hasBonds, keepsView = false) =>
      inOneFrame(() => {
        const isFirst = drawn.length === 0;
        drawn = atoms;
        axes = cell && (cell.map(standing) as Matrix3);
        isPicking = false;
        avr.modelStyle = hasBonds ? MODEL.sticks : MODEL.balls;
        avr.atoms = new Atoms({
          symbols: atoms.map((atom) => atom.element),
          positions: atoms.map((atom) => standing(atom.cartesianAngstrom)),
          ...(axes ? { cell: axes } : {}),
          // All images to be seen are in the list already.
          pbc: [false, false, false],
        });
        isPicking = true;
        drawLabels();
        if (isFirst) lookFrom(START.azimuth, START.elevation);
        else if (!keepsView) lookFrom(azimuth, elevation);
      }),
    drawField({ values, grid, cellAngstrom }, surfaces) {
      // weas divides the cell by the points, and ours count both ends.
      const cell = cellAngstrom.map((row, i) => standing(row).map((x) => (x * grid[i]!) / (grid[i]! - 1))) as Matrix3;
      avr.volumetricData = { values, dims: grid, cell, origin: [0, 0, 0] };
      const manager = avr.isosurfaceManager;
      manager.clearIossurfaces();
      manager.settings = Object.fromEntries(
        surfaces.map(({ level, color }, i) => [i, { isovalue: level, color, mode: 1, step_size: 1 }]),
      );
      manager.drawIsosurfaces();
      for (const { material } of Object.values(manager.meshes)) {
        const [surface, cut] = material;
        Object.assign(surface, { opacity: 0.55, roughness: 0.6, metalness: 0, depthWrite: false });
        // Where the cell cuts a surface weas closes it in a colour of its own.
        cut.visible = false;
      }
      tjs.render();
    },
    view(view) {
      const axis = axes && view !== 'start' ? axes['abc'.indexOf(view)]! : null;
      if (!axis) return lookFrom(START.azimuth, START.elevation);
      const [x, y, z] = lying(axis);
      const length = Math.hypot(x, y, z);
      const isUpright = Math.abs(z) > 0.9999 * length;
      lookFrom(isUpright ? 0 : (Math.atan2(x, -y) * 180) / Math.PI, (Math.asin(z / length) * 180) / Math.PI);
    },
    turn: (right, up) => lookFrom(azimuth + right * DEGREES_A_STEP, elevation + up * DEGREES_A_STEP),
    zoom(factor) {
      tjs.camera.zoom = Math.max(0.2, Math.min(20, tjs.camera.zoom * factor));
      tjs.camera.updateProjectionMatrix();
      tjs.render();
    },
    select: (sites) =>
      inOneFrame(() => {
        const wanted = new Set(sites);
        isPicking = false;
        avr.selectedAtomsIndices = drawn.flatMap((atom, i) => (wanted.has(atom.site) ? [i] : []));
        isPicking = true;
        drawLabels();
      }),
    label: (isOn) =>
      inOneFrame(() => {
        hasLabels = isOn;
        drawLabels();
      }),
    resize: () => tjs.onWindowResize(),
    /** weas has no end of its own: without this each mount would leave a canvas and a WebGL context behind. */
    end() {
      weas.clear();
      tjs.controls.dispose();
      const { renderer } = tjs.renderers.MainRenderer;
      renderer.dispose?.();
      renderer.forceContextLoss?.();
      element.replaceChildren();
    },
  };
}

const START = { azimuth: 24, elevation: 16 };

/** z-up to weas's y-up, a proper rotation; and back. */
const standing = ([x, y, z]: Vector3): Vector3 => [x, z, -y];
const lying = ([x, y, z]: Vector3): Vector3 => [x, -z, y];

/** The direction of a vector as the camera sees it; `m` is the camera's inverse matrix, column by column. */
function onScreen(axis: Vector3, m: number[]): Vector3 {
  const length = Math.hypot(...axis);
  return [0, 1, 2].map((i) => axis.reduce((sum, x, k) => sum + (x / length) * m[4 * k + i]!, 0)) as Vector3;
}
