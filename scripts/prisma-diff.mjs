// The SQL that leads from one schema.prisma to another, made offline by Prisma's schema engine as WebAssembly.
// Development and tests only: the engine's interface is internal and its version pinned in package.json.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as engineGlue from '@prisma/schema-engine-wasm/schema_engine_bg';

const require = createRequire(import.meta.url);
const filters = { externalTables: [], externalEnums: [] };
const asFile = (content) => ({ files: [{ path: 'schema.prisma', content }] });
let isLoaded = false;

async function openEngine(schema, adapterFactory) {
  if (!isLoaded) {
    globalThis.PRISMA_WASM_PANIC_REGISTRY = {
      set_message(message) {
        throw new Error(`schema engine: ${message}`);
      },
    };
    const folder = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
    const wasm = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')));
    const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': engineGlue });
    engineGlue.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    isLoaded = true;
  }
  return engineGlue.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory),
  );
}

/** SQL from `oldSchema` (null: from nothing) to `newSchema`; empty SQL where they agree. */
export async function diffSchemas(oldSchema, newSchema) {
  const adapter = {
    provider: 'postgres',
    adapterName: 'offline',
    // The engine asks the version of the server and nothing else.
    queryRaw: async () => ({
      columnNames: ['version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [['PostgreSQL 18.4', 180004]],
    }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    startTransaction: async () => {
      throw new Error('the offline diff has no database');
    },
    dispose: async () => {},
  };
  const factory = {
    provider: 'postgres',
    adapterName: 'offline',
    connect: async () => adapter,
    connectToShadowDb: async () => adapter,
  };
  const engine = await openEngine(newSchema, factory);
  const result = await engine.diff({
    from: oldSchema === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', ...asFile(oldSchema) },
    to: { tag: 'schemaDatamodel', ...asFile(newSchema) },
    script: true,
    exitCode: true,
    filters,
  });
  return { differs: result.exitCode === 2, sql: result.stdout };
}

/** SQL from the live database behind `factory` (a PrismaPg) to `schema`. */
export async function diffDatabase(factory, schema) {
  const engine = await openEngine(schema, readableFactory(factory));
  const result = await engine.diff({
    from: { tag: 'schemaDatasource', ...asFile(schema), configDir: process.cwd() },
    to: { tag: 'schemaDatamodel', ...asFile(schema) },
    script: true,
    exitCode: true,
    filters,
  });
  return { differs: result.exitCode === 2, sql: result.stdout };
}

/** adapter-pg cannot read PostgreSQL's internal "char" (OID 18): present it as text, then mark the column as a character. */
function readableFactory(factory) {
  const wrap = (adapter) => {
    const performIO = adapter.performIO.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    const characterColumns = new WeakMap();
    adapter.performIO = async (query) => {
      const result = await performIO(query);
      const columns = [];
      (result.fields ?? []).forEach((field, index) => {
        if (field.dataTypeID !== 18) return;
        field.dataTypeID = 25;
        columns.push(index);
      });
      characterColumns.set(query, columns);
      return result;
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of characterColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    const start = adapter.startTransaction?.bind(adapter);
    if (start) adapter.startTransaction = async (...args) => wrap(await start(...args));
    return adapter;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => wrap(await factory.connect()),
    connectToShadowDb: async () => wrap(await factory.connectToShadowDb()),
  };
}
