import { readBlob } from '@/server/db/blobs';
import { VERSION } from '@/server/env';
import { dataKindWords } from '@/server/schemas/provenance';
import type { Selection } from './collect';
import { fileName } from './folder-files';
import type { CalculationLine, NodeLine, ProcessLine } from './format';
import type { NewFile } from './write-zip';

type Entity = Record<string, unknown>;
const ref = (id: string) => ({ '@id': id });

const WORKFLOW = 'workflow.json';
const README = 'README.md';
const RUN_OF_PROCESSES = [['https://w3id.org/ro/wfrun/process/0.5', 'Process Run Crate', '0.5']] as const;
const RUN_OF_A_WORKFLOW = [
  ...RUN_OF_PROCESSES,
  ['https://w3id.org/ro/wfrun/workflow/0.5', 'Workflow Run Crate', '0.5'],
  ['https://w3id.org/workflowhub/workflow-ro-crate/1.0', 'Workflow RO-Crate', '1.0'],
] as const;

const hasWorkflow = ({ processes }: Selection) => processes.some(({ kind }) => kind === 'workflow');
const profilesOf = (selection: Selection) => (hasWorkflow(selection) ? RUN_OF_A_WORKFLOW : RUN_OF_PROCESSES);

/**
 * An RO-Crate 1.1 of the Workflow Run profile: each process is a CreateAction with what it took and made, each value and each file an
 * entity; the workflow is the description of the steps. Where no workflow ran, it is one of the Process Run profile. A running process
 * says so, though the profile knows only how a process ended; and no address of a program is made up.
 */
export async function* crateFiles(selection: Selection, license: string | null): AsyncGenerator<NewFile> {
  const { nodes, structures, processes, blobs } = selection;
  const steps = processes.map(({ kind, name, title }) => ({ kind, name, title }));
  const workflow = { '@type': 'Brine workflow', version: VERSION, steps };
  yield { path: README, bytes: Buffer.from(readme(selection, license)) };
  if (hasWorkflow(selection)) yield { path: WORKFLOW, bytes: json(workflow) };
  for (const node of nodes) {
    const content = node.structure ? structures.find((one) => one.hash === node.structure)?.data : node.value;
    yield { path: valuePath(node), bytes: json(content ?? null) };
    for (const file of node.files) yield { path: filePath(node, file.name), bytes: await readBlob(file.sha256) };
  }
  const graph = [
    descriptor(selection),
    root(selection, license),
    licenseEntity(license),
    ...profiles(selection),
    { '@id': README, '@type': 'File', name: 'About this crate', about: ref('./'), encodingFormat: 'text/markdown' },
    ...software(selection),
    ...nodes.flatMap((node) => valueEntities(node, blobs)),
    ...actions(selection),
    ...people(selection),
  ];
  yield {
    path: 'ro-crate-metadata.json',
    bytes: json({
      '@context': ['https://w3id.org/ro/crate/1.1/context', 'https://w3id.org/ro/terms/workflow-run/context'],
      '@graph': graph.map(unpacked),
    }),
  };
}

/** One value stands alone, as RO-Crate 1.1 wants it. */
const unpacked = (entity: Entity): Entity =>
  Object.fromEntries(
    Object.entries(entity).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === 1 && !key.startsWith('@') ? value[0] : value,
    ]),
  );

/** A moment with its offset in digits: that is how checkers of the profile read ISO 8601. */
const moment = (iso: string) => iso.replace(/Z$/, '+00:00');

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
const valuePath = ({ id, kind }: NodeLine) => `values/${id}/${fileName(kind)}.json`;
const filePath = ({ id }: NodeLine, name: string) => `values/${id}/files/${name.split('/').map(fileName).join('/')}`;
const personId = (name: string) => `#person-${fileName(name)}`;
const programId = ({ name, version, build }: NonNullable<ProcessLine['program']>) =>
  `#program-${fileName(`${name}-${version}-${build.slice(0, 12)}`)}`;

const descriptor = (selection: Selection): Entity => ({
  '@id': 'ro-crate-metadata.json',
  '@type': 'CreativeWork',
  conformsTo: ['https://w3id.org/ro/crate/1.1', ...(hasWorkflow(selection) ? [RUN_OF_A_WORKFLOW[2][0]] : [])].map(ref),
  about: ref('./'),
});

const titleOf = ({ calculations }: Selection) => calculations[0]?.label ?? 'Values from Brine';

function describe({ nodes, calculations, processes }: Selection): string {
  const labels = calculations.map(({ label }) => label);
  return `Provenance of ${nodes.length} values and ${processes.length} processes${labels.length > 0 ? `: ${labels.join('; ')}` : ''}`;
}

/** For a person who unpacks it. */
const readme = (selection: Selection, license: string | null): string =>
  [
    `# ${titleOf(selection)}`,
    '',
    `${describe(selection)}.`,
    '',
    `Exported from Brine ${VERSION} as an RO-Crate: ro-crate-metadata.json says what each file is and which process made it.`,
    '',
    ...selection.processes.map((process) => `- ${process.title}: ${process.state}`),
    '',
    license === null ? 'No license was stated.' : `License: ${license}`,
    '',
  ].join('\n');

function root(selection: Selection, license: string | null): Entity {
  const { nodes, processes } = selection;
  const parts = nodes.flatMap((node) => [valuePath(node), ...node.files.map((file) => filePath(node, file.name))]);
  const authors = names(selection).filter((name) => name !== UNKNOWN);
  return {
    '@id': './',
    '@type': 'Dataset',
    name: titleOf(selection),
    description: describe(selection),
    ...(authors.length > 0 ? { author: authors.map(personId).map(ref) } : {}),
    datePublished: new Date().toISOString(),
    license: ref(licenseId(license)),
    conformsTo: profilesOf(selection).map(([id]) => ref(id)),
    hasPart: [README, ...(hasWorkflow(selection) ? [WORKFLOW] : []), ...parts].map(ref),
    ...(hasWorkflow(selection) ? { mainEntity: ref(WORKFLOW) } : {}),
    mentions: processes.map(({ id }) => ref(`#process-${id}`)),
  };
}

const licenseId = (license: string | null) =>
  license === null ? '#license' : /^https?:/.test(license) ? license : `https://spdx.org/licenses/${license}`;

const licenseEntity = (license: string | null): Entity => ({
  '@id': licenseId(license),
  '@type': 'CreativeWork',
  name: license ?? 'No license stated',
  description:
    license === null
      ? 'Whoever exported this crate stated no license: ask the people who made the data.'
      : 'The license under which whoever exported this crate gives its content.',
});

const profiles = (selection: Selection): Entity[] =>
  profilesOf(selection).map(([id, name, version]) => ({ '@id': id, '@type': 'CreativeWork', name, version }));

function software(selection: Selection): Entity[] {
  const { processes } = selection;
  const programs = new Map(
    processes.flatMap(({ program }) => (program ? [[programId(program), program] as const] : [])),
  );
  return [
    ...(hasWorkflow(selection)
      ? [
          {
            '@id': WORKFLOW,
            '@type': ['File', 'SoftwareSourceCode', 'ComputationalWorkflow'],
            name: 'The steps of the calculations',
            version: VERSION,
            encodingFormat: 'application/json',
            programmingLanguage: ref('#brine'),
          },
        ]
      : []),
    {
      '@id': '#brine',
      '@type': ['ComputerLanguage', 'SoftwareApplication'],
      name: 'Brine',
      softwareVersion: VERSION,
    },
    ...[...programs].map(([id, { name, version, build }]) => ({
      '@id': id,
      '@type': 'SoftwareApplication',
      ...{ name, softwareVersion: version, identifier: build },
    })),
  ];
}

function valueEntities(node: NodeLine, blobs: ReadonlyMap<string, number>): Entity[] {
  const name = dataKindWords[node.kind] ?? node.kind;
  return [
    {
      '@id': valuePath(node),
      '@type': 'File',
      ...{ name, identifier: node.id, encodingFormat: 'application/json', dateCreated: node.createdAt },
    },
    ...node.files.map((file) => ({
      '@id': filePath(node, file.name),
      '@type': 'File',
      name: `${name}: ${file.name}`,
      encodingFormat: file.mediaType.replace(/;\s+/, ';'),
      contentSize: String(blobs.get(file.sha256)),
      sha256: file.sha256,
    })),
  ];
}

function actions({ processes, links, nodes, calculations }: Selection): Entity[] {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  return processes.map((process) => {
    const own = links.filter((link) => link.processId === process.id);
    const entitiesOf = (isWanted: (kind: string) => boolean) =>
      own.flatMap(({ kind, dataNodeId }) => {
        const node = isWanted(kind) && dataNodeId ? nodeOf.get(dataNodeId) : null;
        return node ? [ref(valuePath(node)), ...node.files.map((file) => ref(filePath(node, file.name)))] : [];
      });
    const isFailed = process.finishedAt !== null && process.state !== 'finished';
    const status = process.state === 'finished' ? 'Completed' : isFailed ? 'Failed' : 'Active';
    return {
      '@id': `#process-${process.id}`,
      '@type': 'CreateAction',
      name: process.title,
      description: describeProcess(process),
      identifier: process.id,
      instrument: ref(process.kind === 'workflow' ? WORKFLOW : process.program ? programId(process.program) : '#brine'),
      agent: ref(personId(personOf(process, calculations))),
      object: entitiesOf((kind) => kind === 'input'),
      result: entitiesOf((kind) => kind === 'create' || kind === 'return'),
      startTime: moment(process.startedAt ?? process.createdAt),
      ...(process.finishedAt ? { endTime: moment(process.finishedAt) } : {}),
      actionStatus: `http://schema.org/${status}ActionStatus`,
      ...(isFailed && process.failure ? { error: process.failure.message } : {}),
    };
  });
}

function describeProcess({ kind, name, state, program, cores, computer }: ProcessLine): string {
  const how = [
    program ? ` of ${program.name} ${program.version}` : '',
    cores === null ? '' : ` with ${cores} ${cores === 1 ? 'core' : 'cores'}`,
    computer === null ? '' : ` at ${computer}`,
  ];
  return `The ${kind} ${name}${how.join('')}: ${state}`;
}

const UNKNOWN = 'unknown';
const personOf = ({ calculationId, createdBy }: ProcessLine, calculations: CalculationLine[]): string =>
  calculations.find(({ id }) => id === calculationId)?.createdBy ?? createdBy ?? UNKNOWN;

const names = ({ processes, calculations }: Selection): string[] => [
  ...new Set(processes.map((process) => personOf(process, calculations))),
];

const people = (selection: Selection): Entity[] =>
  names(selection).map((name) => ({ '@id': personId(name), '@type': 'Person', name }));
