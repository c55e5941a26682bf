import type { Structure } from '@/kernels/crystal/schema';
import { cartesianPositions } from '@/kernels/crystal/structure';
import { optimadeFormulas } from '../../import/formulas';

/** Beyond this many decimals of an angstrom nothing is known of a relaxed structure. */
const DECIMALS = 9;

/** The attributes by which OPTIMADE describes a structure without disorder. */
export function optimadeStructure(structure: Structure): Record<string, unknown> {
  const { cellAngstrom, periodic, sites } = structure;
  const { elements, ratios, reduced, anonymous, hill } = optimadeFormulas(structure);
  return {
    elements,
    nelements: elements.length,
    elements_ratios: ratios,
    chemical_formula_reduced: reduced,
    chemical_formula_anonymous: anonymous,
    chemical_formula_hill: hill,
    chemical_formula_descriptive: reduced,
    dimension_types: periodic.map(Number),
    nperiodic_dimensions: periodic.filter(Boolean).length,
    ...(periodic.includes(true) ? { lattice_vectors: cellAngstrom!.map(round) } : {}),
    nsites: sites.length,
    cartesian_site_positions: cartesianPositions(structure).map(round),
    species: elements.map((name) => ({ name, chemical_symbols: [name], concentration: [1] })),
    species_at_sites: sites.map(({ species }) => species[0]!.element),
    structure_features: [],
  };
}

const round = (vector: readonly number[]) => vector.map((x) => Number(x.toFixed(DECIMALS)) + 0);
