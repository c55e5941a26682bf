import type { Property } from '../property';
import { defaultRelaxSettings } from './defaults';
import { type RelaxResults, type RelaxSettings, relaxResultsSchema, relaxSettingsSchema } from './schema';

/** The job whose geometry all other jobs take. */
export const RELAX_JOB = 'relax-geometry';

export const relax: Property<RelaxSettings, RelaxResults> = {
  id: 'relax',
  title: 'Relaxed geometry',
  description: 'Moves the atoms, and the cell where asked for, until no force is left. All else is computed there.',
  needs: 'nothing: it runs first',
  settings: relaxSettingsSchema,
  defaults: ({ protocol }) => defaultRelaxSettings(protocol),
  jobs: ({ settings }) => {
    const { fixed, ...rest } = relaxSettingsSchema.parse(settings);
    const sites = fixed.map((site) => ({ site }));
    return [
      {
        name: RELAX_JOB,
        title: 'Relaxation',
        task: { kind: 'relax', ...rest, fixed: sites, fixedCellAxes: [false, false, false] },
      },
    ];
  },
  results: relaxResultsSchema,
  guide: `A relaxation ends when the largest component of the forces, and with a moving cell the stress, is below its threshold.
While the cell moves it keeps its plane waves; it is then begun again with those of the new cell until nothing moves any more. Thin lines in the plot mark these runs.
Only structures that are unstable by symmetry stay where they are: a small displacement by hand lets them go.`,
};
