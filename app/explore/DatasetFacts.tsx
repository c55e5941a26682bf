import type { EntryDetail } from '@/server/schemas/datasets';

/** Which dataset an entry stands in, with its licence and citation; within a list of definitions. */
export function DatasetFacts({ dataset }: Pick<EntryDetail, 'dataset'>) {
  return (
    <>
      <dt>Dataset</dt>
      <dd>
        {dataset.title}
        {dataset.version && `, version ${dataset.version}`}
      </dd>
      <dt>Licence</dt>
      <dd>{dataset.licence || 'not stated'}</dd>
      <dt>Citation</dt>
      <dd>{dataset.citation || 'not stated'}</dd>
    </>
  );
}
