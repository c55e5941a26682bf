/** The part of weas 0.1.53 that we use; its own declarations leave it untyped. */
declare module 'weas/dist/index.mjs' {
  type Triple = [number, number, number];
  export class Atoms {
    constructor(options: { symbols: string[]; positions: Triple[]; cell?: Triple[]; pbc: [boolean, boolean, boolean] });
  }
  /** Of three.js: one shape drawn at many places, each with a 4 x 4 matrix. */
  export interface InstancedMesh {
    isInstancedMesh?: boolean;
    visible: boolean;
    geometry: {
      type: string;
      parameters: { radius: number; widthSegments: number };
      dispose(): void;
      constructor: new (radius: number, widthSegments: number, heightSegments: number) => InstancedMesh['geometry'];
    };
    instanceMatrix: { array: ArrayLike<number> };
  }
  interface Camera {
    left: number;
    right: number;
    zoom: number;
    matrixWorldInverse: { elements: number[] };
    updateProjectionMatrix(): void;
    updateMatrixWorld(): void;
  }
  interface Renderer {
    domElement: HTMLElement;
    dispose?(): void;
    forceContextLoss?(): void;
  }
  export class WEAS {
    constructor(options: {
      domElement: HTMLElement;
      viewerConfig: Record<string, unknown>;
      guiConfig: Record<string, unknown>;
    });
    tjs: {
      camera: Camera;
      scene: { background: unknown; traverse(visit: (object: InstancedMesh) => void): void };
      controls: {
        enableZoom: boolean;
        enablePan: boolean;
        rotateSpeed: number;
        addEventListener(name: 'change', listener: () => void): void;
        dispose(): void;
      };
      renderers: { MainRenderer: { renderer: Renderer }; LabelRenderer: { renderer: Renderer } };
      viewerRect: DOMRect;
      updateCameraAndControls(options: { direction: Triple }): void;
      onWindowResize(): void;
      render(): void;
    };
    avr: {
      atoms: Atoms;
      modelStyle: number;
      selectedAtomsIndices: number[];
      ALManager: { settings: unknown[]; drawAtomLabels(): void };
      drawModels(): void;
      volumetricData: { values: ArrayLike<number>; dims: Triple; cell: Triple[]; origin: Triple } | null;
      isosurfaceManager: {
        settings: Record<string, { isovalue: number; color: string; mode: number; step_size: number }>;
        /** Of each surface: its own material, and that of its cuts with the cell. */
        meshes: Record<string, { material: [Record<string, unknown>, { visible: boolean }] }>;
        clearIossurfaces(): void;
        drawIsosurfaces(): void;
      };
    };
    render(): void;
    clear(): void;
  }
}
