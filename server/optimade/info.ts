import type { PropertyDefinition } from '@/server/schemas/datasets';
import { API_VERSION, type ServedDataset, type Site } from './site';
import { structureColumns } from './structures/columns';

const endpoints = ['info', 'links', 'references', 'structures'];

/** Of a dataset (a database), or of the index that links them. */
export function describeBase(site: Site, dataset: ServedDataset | null) {
  const base = dataset ? `${site.root}/${dataset.slug}` : site.root;
  return {
    id: '/',
    type: 'info',
    attributes: {
      api_version: API_VERSION,
      available_api_versions: [{ url: `${base}/v1/`, version: API_VERSION }],
      formats: ['json'],
      entry_types_by_format: { json: dataset ? ['references', 'structures'] : [] },
      available_endpoints: dataset ? endpoints : ['info', 'links'],
      is_index: dataset === null,
      ...(dataset && isAddress(dataset.licence) ? { license: { href: dataset.licence } } : {}),
    },
    ...(dataset ? {} : { relationships: { default: { data: null } } }),
  };
}

const isAddress = (text: string) => /^https?:\/\/\S+$/.test(text);

/** The properties of the structures of a dataset. */
export function describeStructures(definitions: readonly PropertyDefinition[]) {
  const standard = Object.entries(structureColumns).map(([name, { field, type, unit, description }]) => [
    name,
    { description, type, sortable: field.is === 'scalar', ...(unit ? { unit } : {}) },
  ]);
  const own = definitions.map(({ name, title, unit, type, description, method }) => [
    name,
    {
      description: [title, description, method].filter((text) => text !== '').join('. '),
      type: type === 'number' ? 'float' : type,
      sortable: type !== 'list' && type !== 'dictionary',
      ...(unit === null ? {} : { unit }),
    },
  ]);
  return describeEntries('Structures of materials.', Object.fromEntries([...standard, ...own]));
}

/** The properties of the publications that entries name. */
export const describeReferences = () => {
  const words = ['title', 'journal', 'year', 'doi', 'url', 'volume', 'pages', 'publisher', 'note', 'bib_type'];
  const properties = [
    ['id', { description: 'The id of the reference within its dataset.', type: 'string', sortable: false }],
    ['type', { description: 'The type of the entry: references.', type: 'string', sortable: false }],
    ['last_modified', { description: 'When it was last changed.', type: 'timestamp', sortable: false }],
    ['authors', { description: 'Who wrote it.', type: 'list', sortable: false }],
    ...words.map((name) => [
      name,
      { description: `As in BibTeX: ${name.replace('_', ' ')}.`, type: 'string', sortable: false },
    ]),
  ];
  return describeEntries('Publications that entries name.', Object.fromEntries(properties));
};

const describeEntries = (description: string, properties: Record<string, unknown>) => ({
  description,
  properties,
  formats: ['json'],
  output_fields_by_format: { json: Object.keys(properties) },
});

/** From a dataset to the index, from the index to its datasets and to the consortium's list of providers. */
export function listLinks(site: Site, dataset: ServedDataset | null, children: readonly ServedDataset[]) {
  if (dataset)
    return [
      link('brine', {
        name: 'Brine',
        description: 'The databases of this platform',
        base_url: site.root,
        link_type: 'root',
      }),
    ];
  return [
    ...children.map(({ slug, title, description }) =>
      link(slug, { name: title, description, base_url: `${site.root}/${slug}`, link_type: 'child' }),
    ),
    link('optimade', {
      name: 'OPTIMADE',
      description: 'The databases that the OPTIMADE consortium lists',
      base_url: 'https://providers.optimade.org',
      link_type: 'providers',
    }),
  ];
}

const link = (id: string, attributes: Record<string, string>) => ({
  id,
  type: 'links',
  attributes: { homepage: null, ...attributes },
});
