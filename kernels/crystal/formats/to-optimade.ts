import type { Site, Species, Structure } from '../schema';
import { cartesianPositions } from '../structure';

/** The attributes by which OPTIMADE 1.2 describes a structure: vectors and positions in angstrom. What is missing of a site is a vacancy. */
export function toOptimade(structure: Structure): Record<string, unknown> {
  const { cellAngstrom, periodic, sites } = structure;
  const names = sites.map(({ species }) => nameOf(species));
  const kinds = new Map(names.map((name, i) => [name, sites[i]!]));
  return {
    dimension_types: periodic.map(Number),
    nperiodic_dimensions: periodic.filter(Boolean).length,
    lattice_vectors: cellAngstrom,
    cartesian_site_positions: cartesianPositions(structure),
    nsites: sites.length,
    species_at_sites: names,
    species: [...kinds].map(([name, site]) => describeSpecies(name, site)),
    structure_features: sites.some(({ species }) => species.length > 1 || vacancyOf(species) > 0) ? ['disorder'] : [],
  };
}

const vacancyOf = (species: readonly Species[]): number => {
  const rest = 1 - species.reduce((sum, { concentration }) => sum + concentration, 0);
  return rest > 1e-9 ? rest : 0;
};

/** "Si", "Fe0.5Ni0.5", "Li0.9". */
const nameOf = (species: readonly Species[]): string =>
  species.map(({ element, concentration }) => element + (concentration === 1 ? '' : concentration)).join('');

function describeSpecies(name: string, { species }: Site) {
  const rest = vacancyOf(species);
  return {
    name,
    chemical_symbols: [...species.map(({ element }) => element), ...(rest > 0 ? ['vacancy'] : [])],
    concentration: [...species.map(({ concentration }) => concentration), ...(rest > 0 ? [rest] : [])],
  };
}
