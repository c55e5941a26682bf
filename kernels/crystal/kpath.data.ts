import type { Vector3 } from './schema';

/** Of the standard conventional cell: lengths in any unit, and the angle between a and c. */
export interface PathLattice {
  a: number;
  b: number;
  c: number;
  cosBeta: number;
  sinBeta: number;
}

export interface PathTable {
  /** Points in units of the reciprocal vectors of the standard primitive cell. */
  points: (lattice: PathLattice) => Record<string, Vector3>;
  /** Pieces that are drawn without a break, labels apart by blanks. */
  pieces: string[];
}

/**
 * Special points and recommended band paths for every extended Bravais symbol: Y. Hinuma, G. Pizzi, Y. Kumagai, F. Oba and I. Tanaka,
 * Band structure diagram paths based on crystallography, Comput. Mater. Sci. 128, 140 (2017).
 */
export const pathTables = {
  cP1: {
    points: () => ({
      Γ: [0, 0, 0],
      R: [1 / 2, 1 / 2, 1 / 2],
      M: [1 / 2, 1 / 2, 0],
      X: [0, 1 / 2, 0],
      X1: [1 / 2, 0, 0],
    }),
    pieces: ['Γ X M Γ R X', 'R M X1'],
  },
  cP2: {
    points: () => ({
      Γ: [0, 0, 0],
      R: [1 / 2, 1 / 2, 1 / 2],
      M: [1 / 2, 1 / 2, 0],
      X: [0, 1 / 2, 0],
      X1: [1 / 2, 0, 0],
    }),
    pieces: ['Γ X M Γ R X', 'R M'],
  },
  cF1: {
    points: () => ({
      Γ: [0, 0, 0],
      X: [1 / 2, 0, 1 / 2],
      L: [1 / 2, 1 / 2, 1 / 2],
      W: [1 / 2, 1 / 4, 3 / 4],
      W2: [3 / 4, 1 / 4, 1 / 2],
      K: [3 / 8, 3 / 8, 3 / 4],
      U: [5 / 8, 1 / 4, 5 / 8],
    }),
    pieces: ['Γ X U', 'K Γ L W X W2'],
  },
  cF2: {
    points: () => ({
      Γ: [0, 0, 0],
      X: [1 / 2, 0, 1 / 2],
      L: [1 / 2, 1 / 2, 1 / 2],
      W: [1 / 2, 1 / 4, 3 / 4],
      W2: [3 / 4, 1 / 4, 1 / 2],
      K: [3 / 8, 3 / 8, 3 / 4],
      U: [5 / 8, 1 / 4, 5 / 8],
    }),
    pieces: ['Γ X U', 'K Γ L W X'],
  },
  cI1: {
    points: () => ({
      Γ: [0, 0, 0],
      H: [1 / 2, -1 / 2, 1 / 2],
      P: [1 / 4, 1 / 4, 1 / 4],
      N: [0, 0, 1 / 2],
    }),
    pieces: ['Γ H N Γ P H', 'P N'],
  },
  tP1: {
    points: () => ({
      Γ: [0, 0, 0],
      Z: [0, 0, 1 / 2],
      M: [1 / 2, 1 / 2, 0],
      A: [1 / 2, 1 / 2, 1 / 2],
      R: [0, 1 / 2, 1 / 2],
      X: [0, 1 / 2, 0],
    }),
    pieces: ['Γ X M Γ Z R A Z', 'X R', 'M A'],
  },
  tI1: {
    points: ({ a, c }) => {
      const h = (1 + (c * c) / (a * a)) / 4;
      return {
        Γ: [0, 0, 0],
        M: [-1 / 2, 1 / 2, 1 / 2],
        X: [0, 0, 1 / 2],
        P: [1 / 4, 1 / 4, 1 / 4],
        Z: [h, h, -h],
        Z0: [-h, 1 - h, h],
        N: [0, 1 / 2, 0],
      };
    },
    pieces: ['Γ X M Γ Z', 'Z0 M', 'X P N Γ'],
  },
  tI2: {
    points: ({ a, c }) => {
      const h = (1 + (a * a) / (c * c)) / 4;
      const z = (a * a) / (2 * c * c);
      return {
        Γ: [0, 0, 0],
        M: [1 / 2, 1 / 2, -1 / 2],
        X: [0, 0, 1 / 2],
        P: [1 / 4, 1 / 4, 1 / 4],
        N: [0, 1 / 2, 0],
        S0: [-h, h, h],
        S: [h, 1 - h, -h],
        R: [-z, z, 1 / 2],
        G: [1 / 2, 1 / 2, -z],
      };
    },
    pieces: ['Γ X P N Γ M S', 'S0 Γ', 'X R', 'G M'],
  },
  oP1: {
    points: () => ({
      Γ: [0, 0, 0],
      X: [1 / 2, 0, 0],
      Z: [0, 0, 1 / 2],
      U: [1 / 2, 0, 1 / 2],
      Y: [0, 1 / 2, 0],
      S: [1 / 2, 1 / 2, 0],
      T: [0, 1 / 2, 1 / 2],
      R: [1 / 2, 1 / 2, 1 / 2],
    }),
    pieces: ['Γ X S Y Γ Z U R T Z', 'X U', 'Y T', 'S R'],
  },
  oF1: {
    points: ({ a, b, c }) => {
      const j = (1 + (a * a) / (b * b) - (a * a) / (c * c)) / 4;
      const h = (1 + (a * a) / (b * b) + (a * a) / (c * c)) / 4;
      return {
        Γ: [0, 0, 0],
        T: [1, 1 / 2, 1 / 2],
        Z: [1 / 2, 1 / 2, 0],
        Y: [1 / 2, 0, 1 / 2],
        Σ0: [0, h, h],
        U0: [1, 1 - h, 1 - h],
        A0: [1 / 2, 1 / 2 + j, j],
        C0: [1 / 2, 1 / 2 - j, 1 - j],
        L: [1 / 2, 1 / 2, 1 / 2],
      };
    },
    pieces: ['Γ Y T Z Γ Σ0', 'U0 T', 'Y C0', 'A0 Z', 'Γ L'],
  },
  oF2: {
    points: ({ a, b, c }) => {
      const j = (1 + (c * c) / (a * a) - (c * c) / (b * b)) / 4;
      const k = (1 + (c * c) / (a * a) + (c * c) / (b * b)) / 4;
      return {
        Γ: [0, 0, 0],
        T: [0, 1 / 2, 1 / 2],
        Z: [1 / 2, 1 / 2, 1],
        Y: [1 / 2, 0, 1 / 2],
        Λ0: [k, k, 0],
        Q0: [1 - k, 1 - k, 1],
        G0: [1 / 2 - j, 1 - j, 1 / 2],
        H0: [1 / 2 + j, j, 1 / 2],
        L: [1 / 2, 1 / 2, 1 / 2],
      };
    },
    pieces: ['Γ T Z Y Γ Λ0', 'Q0 Z', 'T G0', 'H0 Y', 'Γ L'],
  },
  oF3: {
    points: ({ a, b, c }) => {
      const h = (1 + (a * a) / (b * b) - (a * a) / (c * c)) / 4;
      const k = (1 + (b * b) / (a * a) - (b * b) / (c * c)) / 4;
      const p = (1 + (c * c) / (b * b) - (c * c) / (a * a)) / 4;
      return {
        Γ: [0, 0, 0],
        T: [0, 1 / 2, 1 / 2],
        Z: [1 / 2, 1 / 2, 0],
        Y: [1 / 2, 0, 1 / 2],
        A0: [1 / 2, 1 / 2 + h, h],
        C0: [1 / 2, 1 / 2 - h, 1 - h],
        B0: [1 / 2 + k, 1 / 2, k],
        D0: [1 / 2 - k, 1 / 2, 1 - k],
        G0: [p, 1 / 2 + p, 1 / 2],
        H0: [1 - p, 1 / 2 - p, 1 / 2],
        L: [1 / 2, 1 / 2, 1 / 2],
      };
    },
    pieces: ['Γ Y C0', 'A0 Z B0', 'D0 T G0', 'H0 Y', 'T Γ Z', 'Γ L'],
  },
  oI1: {
    points: ({ a, b, c }) => {
      const z = (1 + (a * a) / (c * c)) / 4;
      const h = (1 + (b * b) / (c * c)) / 4;
      const d = (b * b - a * a) / (4 * c * c);
      const n = (a * a + b * b) / (4 * c * c);
      return {
        Γ: [0, 0, 0],
        X: [1 / 2, 1 / 2, -1 / 2],
        S: [1 / 2, 0, 0],
        R: [0, 1 / 2, 0],
        T: [0, 0, 1 / 2],
        W: [1 / 4, 1 / 4, 1 / 4],
        Σ0: [-z, z, z],
        F2: [z, 1 - z, -z],
        Y0: [h, -h, h],
        U0: [1 - h, h, -h],
        L0: [-n, n, 1 / 2 - d],
        M0: [n, -n, 1 / 2 + d],
        J0: [1 / 2 - d, 1 / 2 + d, -n],
      };
    },
    pieces: ['Γ X F2', 'Σ0 Γ Y0', 'U0 X', 'Γ R W S Γ T W'],
  },
  oI2: {
    points: ({ a, b, c }) => {
      const z = (1 + (b * b) / (a * a)) / 4;
      const h = (1 + (c * c) / (a * a)) / 4;
      const d = (c * c - b * b) / (4 * a * a);
      const n = (b * b + c * c) / (4 * a * a);
      return {
        Γ: [0, 0, 0],
        X: [-1 / 2, 1 / 2, 1 / 2],
        S: [1 / 2, 0, 0],
        R: [0, 1 / 2, 0],
        T: [0, 0, 1 / 2],
        W: [1 / 4, 1 / 4, 1 / 4],
        Y0: [z, -z, z],
        U2: [-z, z, 1 - z],
        Λ0: [h, h, -h],
        G2: [-h, 1 - h, h],
        K: [1 / 2 - d, -n, n],
        K2: [1 / 2 + d, n, -n],
        K4: [-n, 1 / 2 - d, 1 / 2 + d],
      };
    },
    pieces: ['Γ X U2', 'Y0 Γ Λ0', 'G2 X', 'Γ R W S Γ T W'],
  },
  oI3: {
    points: ({ a, b, c }) => {
      const z = (1 + (c * c) / (b * b)) / 4;
      const y = (1 + (a * a) / (b * b)) / 4;
      const d = (a * a - c * c) / (4 * b * b);
      const m = (c * c + a * a) / (4 * b * b);
      return {
        Γ: [0, 0, 0],
        X: [1 / 2, -1 / 2, 1 / 2],
        S: [1 / 2, 0, 0],
        R: [0, 1 / 2, 0],
        T: [0, 0, 1 / 2],
        W: [1 / 4, 1 / 4, 1 / 4],
        Σ0: [-y, y, y],
        F0: [y, -y, 1 - y],
        Λ0: [z, z, -z],
        G0: [1 - z, -z, z],
        V0: [m, 1 / 2 - d, -m],
        H0: [-m, 1 / 2 + d, m],
        H2: [1 / 2 + d, -m, 1 / 2 - d],
      };
    },
    pieces: ['Γ X F0', 'Σ0 Γ Λ0', 'G0 X', 'Γ R W S Γ T W'],
  },
  oC1: {
    points: ({ a, b }) => {
      const x = (1 + (a * a) / (b * b)) / 4;
      return {
        Γ: [0, 0, 0],
        Y: [-1 / 2, 1 / 2, 0],
        T: [-1 / 2, 1 / 2, 1 / 2],
        Z: [0, 0, 1 / 2],
        S: [0, 1 / 2, 0],
        R: [0, 1 / 2, 1 / 2],
        Σ0: [x, x, 0],
        C0: [-x, 1 - x, 0],
        A0: [x, x, 1 / 2],
        E0: [-x, 1 - x, 1 / 2],
      };
    },
    pieces: ['Γ Y C0', 'Σ0 Γ Z A0', 'E0 T Y', 'Γ S R Z T'],
  },
  oC2: {
    points: ({ a, b }) => {
      const x = (1 + (b * b) / (a * a)) / 4;
      return {
        Γ: [0, 0, 0],
        Y: [1 / 2, 1 / 2, 0],
        T: [1 / 2, 1 / 2, 1 / 2],
        T2: [1 / 2, 1 / 2, -1 / 2],
        Z: [0, 0, 1 / 2],
        Z2: [0, 0, -1 / 2],
        S: [0, 1 / 2, 0],
        R: [0, 1 / 2, 1 / 2],
        R2: [0, 1 / 2, -1 / 2],
        Δ0: [-x, x, 0],
        F0: [x, 1 - x, 0],
        B0: [-x, x, 1 / 2],
        B2: [-x, x, -1 / 2],
        G0: [x, 1 - x, 1 / 2],
        G2: [x, 1 - x, -1 / 2],
      };
    },
    pieces: ['Γ Y F0', 'Δ0 Γ Z B0', 'G0 T Y', 'Γ S R Z T'],
  },
  oA1: {
    points: ({ b, c }) => {
      const x = (1 + (b * b) / (c * c)) / 4;
      return {
        Γ: [0, 0, 0],
        Y: [-1 / 2, 1 / 2, 0],
        T: [-1 / 2, 1 / 2, 1 / 2],
        Z: [0, 0, 1 / 2],
        S: [0, 1 / 2, 0],
        R: [0, 1 / 2, 1 / 2],
        Σ0: [x, x, 0],
        C0: [-x, 1 - x, 0],
        A0: [x, x, 1 / 2],
        E0: [-x, 1 - x, 1 / 2],
      };
    },
    pieces: ['Γ Y C0', 'Σ0 Γ Z A0', 'E0 T Y', 'Γ S R Z T'],
  },
  oA2: {
    points: ({ b, c }) => {
      const x = (1 + (c * c) / (b * b)) / 4;
      return {
        Γ: [0, 0, 0],
        Y: [1 / 2, 1 / 2, 0],
        T: [1 / 2, 1 / 2, 1 / 2],
        T2: [1 / 2, 1 / 2, -1 / 2],
        Z: [0, 0, 1 / 2],
        Z2: [0, 0, -1 / 2],
        S: [0, 1 / 2, 0],
        R: [0, 1 / 2, 1 / 2],
        R2: [0, 1 / 2, -1 / 2],
        Δ0: [-x, x, 0],
        F0: [x, 1 - x, 0],
        B0: [-x, x, 1 / 2],
        B2: [-x, x, -1 / 2],
        G0: [x, 1 - x, 1 / 2],
        G2: [x, 1 - x, -1 / 2],
      };
    },
    pieces: ['Γ Y F0', 'Δ0 Γ Z B0', 'G0 T Y', 'Γ S R Z T'],
  },
  hP1: {
    points: () => ({
      Γ: [0, 0, 0],
      A: [0, 0, 1 / 2],
      K: [1 / 3, 1 / 3, 0],
      H: [1 / 3, 1 / 3, 1 / 2],
      H2: [1 / 3, 1 / 3, -1 / 2],
      M: [1 / 2, 0, 0],
      L: [1 / 2, 0, 1 / 2],
    }),
    pieces: ['Γ M K Γ A L H A', 'L M', 'H K H2'],
  },
  hP2: {
    points: () => ({
      Γ: [0, 0, 0],
      A: [0, 0, 1 / 2],
      K: [1 / 3, 1 / 3, 0],
      H: [1 / 3, 1 / 3, 1 / 2],
      H2: [1 / 3, 1 / 3, -1 / 2],
      M: [1 / 2, 0, 0],
      L: [1 / 2, 0, 1 / 2],
    }),
    pieces: ['Γ M K Γ A L H A', 'L M', 'H K'],
  },
  hR1: {
    points: ({ a, c }) => {
      const delta = (a * a) / (4 * c * c);
      const y = 5 / 6 - 2 * delta;
      const n = 1 / 3 + delta;
      return {
        Γ: [0, 0, 0],
        T: [1 / 2, 1 / 2, 1 / 2],
        L: [1 / 2, 0, 0],
        L2: [0, -1 / 2, 0],
        L4: [0, 0, -1 / 2],
        F: [1 / 2, 0, 1 / 2],
        F2: [1 / 2, 1 / 2, 0],
        S0: [n, -n, 0],
        S2: [1 - n, 0, n],
        S4: [n, 0, -n],
        S6: [1 - n, n, 0],
        H0: [1 / 2, -1 + y, 1 - y],
        H2: [y, 1 - y, 1 / 2],
        H4: [y, 1 / 2, 1 - y],
        H6: [1 / 2, 1 - y, -1 + y],
        M0: [n, -1 + y, n],
        M2: [1 - n, 1 - y, 1 - n],
        M4: [y, n, n],
        M6: [1 - n, 1 - n, 1 - y],
        M8: [n, n, -1 + y],
      };
    },
    pieces: ['Γ T H2', 'H0 L Γ S0', 'S2 F Γ'],
  },
  hR2: {
    points: ({ a, c }) => {
      const zeta = 1 / 6 - (c * c) / (9 * a * a);
      const h = 1 / 2 - 2 * zeta;
      const n = 1 / 2 + zeta;
      return {
        Γ: [0, 0, 0],
        T: [1 / 2, -1 / 2, 1 / 2],
        P0: [h, -1 + h, h],
        P2: [h, h, h],
        R0: [1 - h, -h, -h],
        M: [1 - n, -n, 1 - n],
        M2: [n, -1 + n, -1 + n],
        L: [1 / 2, 0, 0],
        F: [1 / 2, -1 / 2, 0],
      };
    },
    pieces: ['Γ L T P0', 'P2 Γ F'],
  },
  mP1: {
    points: ({ a, c, cosBeta, sinBeta }) => {
      const y = (1 + (a / c) * cosBeta) / (2 * sinBeta ** 2);
      const n = 1 / 2 + (y * c * cosBeta) / a;
      return {
        Γ: [0, 0, 0],
        Z: [0, 1 / 2, 0],
        B: [0, 0, 1 / 2],
        B2: [0, 0, -1 / 2],
        Y: [1 / 2, 0, 0],
        Y2: [-1 / 2, 0, 0],
        C: [1 / 2, 1 / 2, 0],
        C2: [-1 / 2, 1 / 2, 0],
        D: [0, 1 / 2, 1 / 2],
        D2: [0, 1 / 2, -1 / 2],
        A: [-1 / 2, 0, 1 / 2],
        E: [-1 / 2, 1 / 2, 1 / 2],
        H: [-y, 0, 1 - n],
        H2: [-1 + y, 0, n],
        H4: [-y, 0, -n],
        M: [-y, 1 / 2, 1 - n],
        M2: [-1 + y, 1 / 2, n],
        M4: [-y, 1 / 2, -n],
      };
    },
    pieces: ['Γ Z D B Γ A E Z C2 Y2 Γ'],
  },
  mC1: {
    points: ({ a, b, c, cosBeta, sinBeta }) => {
      const z = (2 + (a / c) * cosBeta) / (4 * sinBeta ** 2);
      const h = 1 / 2 - (2 * z * c * cosBeta) / a;
      const s = 3 / 4 - (b * b) / (4 * a * a * sinBeta ** 2);
      const p = s - ((3 / 4 - s) * a * cosBeta) / c;
      return {
        Γ: [0, 0, 0],
        Y2: [-1 / 2, 1 / 2, 0],
        Y4: [1 / 2, -1 / 2, 0],
        A: [0, 0, 1 / 2],
        M2: [-1 / 2, 1 / 2, 1 / 2],
        V: [1 / 2, 0, 0],
        V2: [0, 1 / 2, 0],
        L2: [0, 1 / 2, 1 / 2],
        C: [1 - s, 1 - s, 0],
        C2: [-1 + s, s, 0],
        C4: [s, -1 + s, 0],
        D: [-1 + p, p, 1 / 2],
        D2: [1 - p, 1 - p, 1 / 2],
        E: [-1 + z, 1 - z, 1 - h],
        E2: [-z, z, h],
        E4: [z, -z, 1 - h],
      };
    },
    pieces: ['Γ C', 'C2 Y2 Γ M2 D', 'D2 A Γ', 'L2 Γ V2'],
  },
  mC2: {
    points: ({ a, b, c, cosBeta, sinBeta }) => {
      const z = ((a * a) / (b * b) + (1 + (a / c) * cosBeta) / sinBeta ** 2) / 4;
      const m = (1 + (a * a) / (b * b)) / 4;
      const d = (-a * c * cosBeta) / (2 * b * b);
      const x = 1 / 2 - (2 * z * c * cosBeta) / a;
      const p = 1 + z - 2 * m;
      const s = x - 2 * d;
      return {
        Γ: [0, 0, 0],
        Y: [1 / 2, 1 / 2, 0],
        A: [0, 0, 1 / 2],
        M: [1 / 2, 1 / 2, 1 / 2],
        V2: [0, 1 / 2, 0],
        L2: [0, 1 / 2, 1 / 2],
        F: [-1 + p, 1 - p, 1 - s],
        F2: [1 - p, p, s],
        F4: [p, 1 - p, 1 - s],
        H: [-z, z, x],
        H2: [z, 1 - z, 1 - x],
        H4: [z, -z, 1 - x],
        G: [-m, m, d],
        G2: [m, 1 - m, -d],
        G4: [m, -m, -d],
        G6: [1 - m, m, d],
      };
    },
    pieces: ['Γ Y M A Γ', 'L2 Γ V2'],
  },
  mC3: {
    points: ({ a, b, c, cosBeta, sinBeta }) => {
      const z = ((a * a) / (b * b) + (1 + (a / c) * cosBeta) / sinBeta ** 2) / 4;
      const r = 1 - (z * b * b) / (a * a);
      const e = 1 / 2 - (2 * z * c * cosBeta) / a;
      const f = e / 2 + (a * a) / (4 * b * b) + (a * c * cosBeta) / (2 * b * b);
      const u = 2 * f - z;
      const w = (c / (2 * a * cosBeta)) * (1 - 4 * u + (a * a * sinBeta ** 2) / (b * b));
      const d = -1 / 4 + w / 2 - (z * c * cosBeta) / a;
      return {
        Γ: [0, 0, 0],
        Y: [1 / 2, 1 / 2, 0],
        A: [0, 0, 1 / 2],
        M2: [-1 / 2, 1 / 2, 1 / 2],
        V: [1 / 2, 0, 0],
        V2: [0, 1 / 2, 0],
        L2: [0, 1 / 2, 1 / 2],
        I: [-1 + r, r, 1 / 2],
        I2: [1 - r, 1 - r, 1 / 2],
        K: [-u, u, w],
        K2: [-1 + u, 1 - u, 1 - w],
        K4: [1 - u, u, w],
        H: [-z, z, e],
        H2: [z, 1 - z, 1 - e],
        H4: [z, -z, 1 - e],
        N: [-f, f, d],
        N2: [f, 1 - f, -d],
        N4: [f, -f, -d],
        N6: [1 - f, f, d],
      };
    },
    pieces: ['Γ A I2', 'I M2 Γ Y', 'L2 Γ V2'],
  },
  aP2: {
    points: () => ({
      Γ: [0, 0, 0],
      Z: [0, 0, 1 / 2],
      Y: [0, 1 / 2, 0],
      X: [1 / 2, 0, 0],
      V: [1 / 2, 1 / 2, 0],
      U: [1 / 2, 0, 1 / 2],
      T: [0, 1 / 2, 1 / 2],
      R: [1 / 2, 1 / 2, 1 / 2],
    }),
    pieces: ['Γ X', 'Y Γ Z', 'R Γ T', 'U Γ V'],
  },
  aP3: {
    points: () => ({
      Γ: [0, 0, 0],
      Z: [0, 0, 1 / 2],
      Y: [0, 1 / 2, 0],
      Y2: [0, -1 / 2, 0],
      X: [1 / 2, 0, 0],
      V2: [1 / 2, -1 / 2, 0],
      U2: [-1 / 2, 0, 1 / 2],
      T2: [0, -1 / 2, 1 / 2],
      R2: [-1 / 2, -1 / 2, 1 / 2],
    }),
    pieces: ['Γ X', 'Y Γ Z', 'R2 Γ T2', 'U2 Γ V2'],
  },
} satisfies Record<string, PathTable>;
