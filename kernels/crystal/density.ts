import { DALTON_PER_ANGSTROM3_GRAM_PER_CM3 } from '../core/constants';
import { cellVolume } from './cell';
import { elementBySymbol } from './elements';
import type { Site, Structure } from './schema';

/** Mass over cell volume; null without a cell in all three directions, where the vacuum would make it meaningless. */
export function densityGramPerCm3({ cellAngstrom, periodic, sites }: Structure): number | null {
  if (!cellAngstrom || periodic.includes(false)) return null;
  const massU = sites.reduce((sum, site) => sum + siteMassU(site), 0);
  return (massU / cellVolume(cellAngstrom)) * DALTON_PER_ANGSTROM3_GRAM_PER_CM3;
}

/** The site's own mass if it has one, else the mean over its species; vacancies weigh nothing. */
export function siteMassU({ massU, species }: Site): number {
  return (
    massU ??
    species.reduce((sum, { element, concentration }) => sum + concentration * elementBySymbol(element).massU, 0)
  );
}
