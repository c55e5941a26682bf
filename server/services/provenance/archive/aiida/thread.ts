import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { Database, SqlJsStatic } from 'sql.js';
import type { AiidaLink, AiidaNode, AiidaRows, Reply } from './rows';

/** A thread that reads a database that strangers may have made, and ends. */

/** Memory of SQLite itself; the file lies beside it. */
const HEAP_BYTES = 256 * 1024 ** 2;
const NODES_MAX = 100_000;
const LINKS_MAX = 1_000_000;
const OTHERS_MAX = 100_000;
const JSON_MAX = 4_000_000;
const TABLES = ['db_dbnode', 'db_dblink', 'db_dbuser', 'db_dbcomment', 'db_dbgroup', 'db_dblog'];

class Refusal extends Error {}

parentPort?.once('message', (bytes: Uint8Array) => {
  void read(bytes).then((reply) => parentPort!.postMessage(reply));
});

async function read(bytes: Uint8Array): Promise<Reply> {
  // The package is a script of the older kind, and brings its wasm as a file beside it.
  const start = createRequire(import.meta.url)('sql.js') as () => Promise<SqlJsStatic>;
  try {
    const database = new (await start()).Database(bytes);
    // A view, a trigger or a virtual table under the name of a table would be a program of the archive's.
    database.exec(`PRAGMA trusted_schema = 0; PRAGMA query_only = 1; PRAGMA hard_heap_limit = ${HEAP_BYTES}`);
    requireTables(database);
    return { rows: rowsOf(database) };
  } catch (err) {
    return { refusal: err instanceof Refusal ? err.message : 'its database cannot be read as one of SQLite' };
  }
}

function requireTables(database: Database): void {
  const entries = all(database, `SELECT "name", "type", "sql" FROM sqlite_master`, OTHERS_MAX, 'entries of its schema');
  for (const table of TABLES) {
    const entry = entries.find(({ name }) => name === table);
    if (!entry) throw new Refusal(`its database has no table ${table}`);
    if (entry['type'] !== 'table' || !/^CREATE TABLE /i.test(String(entry['sql'])))
      throw new Refusal(`${table} of its database is no plain table`);
  }
}

function rowsOf(database: Database): AiidaRows {
  const json = (column: string) => `CASE WHEN length("${column}") <= ${JSON_MAX} THEN CAST("${column}" AS TEXT) END`;
  const nodes = all(
    database,
    `SELECT "id", CAST("uuid" AS TEXT) AS "uuid", CAST("node_type" AS TEXT) AS "type", CAST("label" AS TEXT) AS "label",
      CAST("description" AS TEXT) AS "description", CAST("ctime" AS TEXT) AS "createdAt", CAST("mtime" AS TEXT) AS "changedAt",
      ${json('attributes')} AS "attributes", ${json('repository_metadata')} AS "repository" FROM db_dbnode ORDER BY "id"`,
    NODES_MAX,
    'nodes',
  );
  const links = all(
    database,
    `SELECT "input_id" AS "input", "output_id" AS "output", CAST("label" AS TEXT) AS "label", CAST("type" AS TEXT) AS "type"
      FROM db_dblink ORDER BY "id"`,
    LINKS_MAX,
    'links',
  );
  const comments = all(
    database,
    `SELECT c."dbnode_id" AS "node", CAST(c."content" AS TEXT) AS "text",
      coalesce(nullif(trim(coalesce(u."first_name", '') || ' ' || coalesce(u."last_name", '')), ''), u."email") AS "author"
      FROM db_dbcomment c LEFT JOIN db_dbuser u ON u."id" = c."user_id" ORDER BY c."id"`,
    OTHERS_MAX,
    'comments',
  );
  const groups = all(database, `SELECT CAST("label" AS TEXT) AS "label" FROM db_dbgroup`, OTHERS_MAX, 'groups');
  const [counts] = all(
    database,
    `SELECT (SELECT count(*) FROM db_dblog) AS "logs",
      (SELECT count(*) FROM db_dbnode WHERE "extras" IS NOT NULL AND CAST("extras" AS TEXT) NOT IN ('{}', 'null', '')) AS "extras"`,
    1,
    'counts',
  );
  return {
    nodes: nodes as unknown as AiidaNode[],
    links: links as unknown as AiidaLink[],
    comments: comments as unknown as AiidaRows['comments'],
    left: {
      groups: groups.map(({ label }) => String(label)),
      logs: Number(counts!['logs']),
      extras: Number(counts!['extras']),
    },
  };
}

type Row = Record<string, unknown>;

function all(database: Database, sql: string, limit: number, what: string): Row[] {
  const rows: Row[] = [];
  const statement = database.prepare(sql);
  try {
    while (statement.step()) {
      if (rows.length >= limit) throw new Refusal(`it holds more than ${limit} ${what}`);
      rows.push(statement.getAsObject());
    }
    return rows;
  } finally {
    statement.free();
  }
}
