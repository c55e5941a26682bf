import { createHash } from 'node:crypto';
import initSqlJs from 'sql.js';
import { encodeNpy } from '@/kernels/core/npy';
import { type NewFile, writeZip } from '@/server/services/provenance/archive/write-zip';

/**
 * An archive as aiida-core 2 writes it (storage `sqlite_zip`, schema `main_0001`: `v1_db_schema.py` with the columns that became NOT NULL):
 * `metadata.json`, `db.sqlite3`, and the files under `repo/` by their SHA-256. Made from that documentation, not by AiiDA.
 */
export interface Aiida {
  metadata: Record<string, unknown>;
  nodes: AiidaNode[];
  links: { input: number; output: number; label: string; type: string }[];
  /** Statements that come after, for what an archive should not hold. */
  more: string[];
}

export interface AiidaNode {
  uuid: string;
  node_type: string;
  process_type?: string;
  label?: string;
  description?: string;
  attributes?: unknown;
  /** Bytes by path. */
  files?: Record<string, Uint8Array | string>;
}

const tables = `
CREATE TABLE db_dbuser (id INTEGER NOT NULL, email VARCHAR(254) NOT NULL, first_name VARCHAR(254) NOT NULL, last_name VARCHAR(254) NOT NULL,
  institution VARCHAR(254) NOT NULL, CONSTRAINT db_dbuser_pkey PRIMARY KEY (id));
CREATE TABLE db_dbcomputer (id INTEGER NOT NULL, uuid CHAR(32) NOT NULL, label VARCHAR(255) NOT NULL, hostname VARCHAR(255) NOT NULL,
  description TEXT NOT NULL, scheduler_type VARCHAR(255) NOT NULL, transport_type VARCHAR(255) NOT NULL, metadata JSON,
  CONSTRAINT db_dbcomputer_pkey PRIMARY KEY (id));
CREATE TABLE db_dbnode (id INTEGER NOT NULL, uuid CHAR(32) NOT NULL, node_type VARCHAR(255) NOT NULL, process_type VARCHAR(255),
  label VARCHAR(255) NOT NULL, description TEXT NOT NULL, ctime DATETIME NOT NULL, mtime DATETIME NOT NULL, attributes JSON, extras JSON,
  repository_metadata JSON DEFAULT '{}' NOT NULL, dbcomputer_id INTEGER, user_id INTEGER NOT NULL,
  CONSTRAINT db_dbnode_pkey PRIMARY KEY (id));
CREATE TABLE db_dblink (id INTEGER NOT NULL, input_id INTEGER NOT NULL, output_id INTEGER NOT NULL, label VARCHAR(255) NOT NULL,
  type VARCHAR(255) NOT NULL, CONSTRAINT db_dblink_pkey PRIMARY KEY (id));
CREATE TABLE db_dbgroup (id INTEGER NOT NULL, uuid CHAR(32) NOT NULL, label VARCHAR(255) NOT NULL, type_string VARCHAR(255) NOT NULL,
  time DATETIME NOT NULL, description TEXT NOT NULL, extras JSON NOT NULL, user_id INTEGER NOT NULL,
  CONSTRAINT db_dbgroup_pkey PRIMARY KEY (id));
CREATE TABLE db_dbgroup_dbnodes (id INTEGER NOT NULL, dbnode_id INTEGER NOT NULL, dbgroup_id INTEGER NOT NULL,
  CONSTRAINT db_dbgroup_dbnodes_pkey PRIMARY KEY (id));
CREATE TABLE db_dbcomment (id INTEGER NOT NULL, uuid CHAR(32) NOT NULL, dbnode_id INTEGER NOT NULL, ctime DATETIME NOT NULL,
  mtime DATETIME NOT NULL, user_id INTEGER NOT NULL, content TEXT NOT NULL, CONSTRAINT db_dbcomment_pkey PRIMARY KEY (id));
CREATE TABLE db_dblog (id INTEGER NOT NULL, uuid CHAR(32) NOT NULL, time DATETIME NOT NULL, loggername VARCHAR(255) NOT NULL,
  levelname VARCHAR(50) NOT NULL, dbnode_id INTEGER NOT NULL, message TEXT NOT NULL, metadata JSON NOT NULL,
  CONSTRAINT db_dblog_pkey PRIMARY KEY (id));
CREATE TABLE db_dbauthinfo (id INTEGER NOT NULL, aiidauser_id INTEGER, dbcomputer_id INTEGER, metadata JSON, auth_params JSON,
  enabled BOOLEAN, CONSTRAINT db_dbauthinfo_pkey PRIMARY KEY (id));
INSERT INTO db_dbuser VALUES (1, 'grace@example.org', 'Grace', 'H.', '');`;

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** The files of the archive by their paths, to be changed before they are packed. */
export async function aiidaFiles({ metadata, nodes, links, more }: Aiida): Promise<Map<string, Uint8Array | string>> {
  const files = new Map<string, Uint8Array | string>([['metadata.json', JSON.stringify(metadata)]]);
  const database = new (await initSqlJs()).Database();
  database.run(tables);
  nodes.forEach((node, index) => {
    const tree: Tree = {};
    for (const [path, bytes] of Object.entries(node.files ?? {})) {
      putInto(tree, path.split('/'), hashOf(bytes));
      files.set(`repo/${hashOf(bytes)}`, bytes);
    }
    const attributes = typeof node.attributes === 'string' ? node.attributes : JSON.stringify(node.attributes ?? {});
    database.run('INSERT INTO db_dbnode VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 1)', [
      ...[index + 1, node.uuid, node.node_type, node.process_type ?? null, node.label ?? '', node.description ?? ''],
      ...['2024-05-01 12:00:00.123456', '2024-05-01 12:05:00.000000', attributes, '{"_aiida_hash": "x"}'],
      JSON.stringify(tree),
    ]);
  });
  for (const { input, output, label, type } of links)
    database.run('INSERT INTO db_dblink (input_id, output_id, label, type) VALUES (?, ?, ?, ?)', [
      input,
      output,
      label,
      type,
    ]);
  for (const statement of more) database.run(statement);
  files.set('db.sqlite3', database.export());
  database.close();
  return files;
}

interface Tree {
  k?: string;
  o?: Record<string, Tree>;
}

/** As aiida's `Repository.serialize` has it: folders under `o`, files by their key `k`. */
function putInto(tree: Tree, [name, ...rest]: string[], hash: string): void {
  tree.o ??= {};
  tree.o[name!] ??= {};
  const entry = tree.o[name!]!;
  if (rest.length === 0) entry.k = hash;
  else putInto(entry, rest, hash);
}

export async function packZip(files: Iterable<[string, Uint8Array | string]>): Promise<Buffer> {
  const list = async function* (): AsyncGenerator<NewFile> {
    for (const [path, content] of files) yield { path, bytes: Buffer.from(content) };
  };
  const parts: Buffer[] = [];
  for await (const part of writeZip(list())) parts.push(part);
  return Buffer.concat(parts);
}

/** As numpy writes it, in the order of Fortran too. */
export function npy(shape: number[], values: number[], { type = '<f8', isFortran = false } = {}): Uint8Array {
  const bytes = Buffer.from(encodeNpy({ dtype: 'f8', shape, data: Float64Array.from(values) }));
  let header = bytes.toString('latin1');
  // The header keeps its length: what becomes shorter or longer is made up for by its padding.
  if (isFortran) header = header.replace("'fortran_order': False", "'fortran_order': True ");
  header = header.replace("'<f8'", `'${type}'`.padEnd(5));
  return Buffer.from(header, 'latin1');
}

const uuid = (n: number) => `${n.toString(16).padStart(8, '0')}-1111-4222-8333-444455556666`;

/** A work chain that relaxed nothing and computed the bands of silicon, with a calculation function, as aiida-quantumespresso leaves it. */
export function siliconBands(): Aiida {
  const a = 2.7155;
  const node = (type: string, attributes: unknown, rest: Partial<AiidaNode> = {}): AiidaNode => ({
    uuid: '',
    node_type: type,
    attributes,
    ...rest,
  });
  const nodes = [
    node(
      'data.core.structure.StructureData.',
      {
        cell: [
          [0, a, a],
          [a, 0, a],
          [a, a, 0],
        ],
        ...{ pbc1: true, pbc2: true, pbc3: true },
        kinds: [{ name: 'Si', symbols: ['Si'], weights: [1], mass: 28.0855 }],
        sites: [
          { kind_name: 'Si', position: [0, 0, 0] },
          { kind_name: 'Si', position: [a / 2, a / 2, a / 2] },
        ],
      },
      { label: 'Silicon of AiiDA' },
    ),
    node('data.core.dict.Dict.', { SYSTEM: { ecutwfc: 30, ibrav: 0 } }, { label: 'pw parameters' }),
    node('process.workflow.workchain.WorkChainNode.', process('PwBandsWorkChain', 0), {
      process_type: 'aiida.workflows:quantumespresso.pw.bands',
      description: 'bands of silicon',
    }),
    node('process.calculation.calcjob.CalcJobNode.', process('PwCalculation', 0), {
      files: { 'aiida.in': '&CONTROL\n/', '.aiida/job_tmpl.json': '{}' },
    }),
    node(
      'data.core.array.bands.BandsData.',
      {
        ...{
          'array|bands': [3, 4],
          'array|kpoints': [3, 3],
          units: 'eV',
          labels: ['GAMMA', 'X'],
          label_numbers: [0, 2],
        },
        pbc1: true,
      },
      {
        files: {
          'bands.npy': npy([3, 4], [-5.8, 6, 6, 6, -5.1, 4, 5, 7, -1.6, -1.6, 3.3, 6.6], { isFortran: true }),
          'kpoints.npy': npy([3, 3], [0, 0, 0, 0.25, 0, 0.25, 0.5, 0, 0.5]),
        },
      },
    ),
    node('process.calculation.calcfunction.CalcFunctionNode.', process('find_gap', 0)),
    node('data.core.float.Float.', { value: 0.61 }),
    node('process.calculation.calcjob.CalcJobNode.', {
      ...process('PwCalculation', 305),
      exit_message: 'Both the stdout and XML output files could not be read or parsed.',
    }),
    node('data.core.code.installed.InstalledCode.', {
      input_plugin: 'quantumespresso.pw',
      filepath_executable: '/opt/pw.x',
    }),
    node('data.core.int.Int.', { value: 4 }),
    node('data.core.str.Str.', { value: 'balanced' }),
    node('data.core.bool.Bool.', { value: true }),
  ].map((one, i) => ({ ...one, uuid: uuid(i + 1) }));
  const link = (input: number, type: string, label: string, output: number) => ({ input, type, label, output });
  return {
    metadata: {
      export_version: 'main_0001',
      aiida_version: '2.6.2',
      key_format: 'sha256',
      compression: 6,
      ctime: '2024-05-02T00:00:00',
    },
    nodes,
    links: [
      link(1, 'input_work', 'structure', 3),
      link(11, 'input_work', 'protocol', 3),
      link(12, 'input_work', 'clean_workdir', 3),
      link(3, 'call_calc', 'CALL', 4),
      link(3, 'call_calc', 'CALL', 6),
      link(3, 'call_calc', 'CALL', 8),
      link(1, 'input_calc', 'structure', 4),
      link(2, 'input_calc', 'parameters', 4),
      link(9, 'input_calc', 'code', 4),
      link(1, 'input_calc', 'structure', 8),
      link(4, 'create', 'output_band', 5),
      link(5, 'input_calc', 'bands', 6),
      link(10, 'input_calc', 'electrons', 6),
      link(6, 'create', 'result', 7),
      link(3, 'return', 'bands', 5),
      link(3, 'return', 'gap', 7),
    ],
    more: [
      `INSERT INTO db_dbcomment VALUES (1, 'c', 5, '2024-05-03 00:00:00', '2024-05-03 00:00:00', 1, 'Nice bands.')`,
      `INSERT INTO db_dbgroup VALUES (1, 'g', 'figures', 'core', '2024-05-03 00:00:00', '', '{}', 1)`,
      `INSERT INTO db_dblog VALUES (1, 'l', '2024-05-03 00:00:00', 'aiida', 'REPORT', 3, 'launching', '{}')`,
    ],
  };
}

const process = (process_label: string, exit_status: number) => ({
  ...{ process_label, exit_status, process_state: 'finished', sealed: true, version: { core: '2.6.2' } },
});
