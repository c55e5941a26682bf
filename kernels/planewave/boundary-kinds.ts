/** Of the Coulomb interaction: between repeated cells, within a slab, within a molecule. */
export const boundaryKinds = ['periodic', 'slab', 'isolated'] as const;
export type Boundaries = (typeof boundaryKinds)[number];
