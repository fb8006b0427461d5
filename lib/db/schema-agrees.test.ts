import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from './test-database';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let schema: string;

beforeAll(async () => {
  database = await createTestDatabase();
  schema = await readFile(path.join(process.cwd(), 'prisma', 'schema.prisma'), 'utf8');
  await loadEngine();
});
afterAll(() => database.close());

/** Its own loader imports the .wasm file as a module, which Node 20 does not know. */
async function loadEngine(): Promise<void> {
  const folder = path.join(process.cwd(), 'node_modules', '@prisma', 'schema-engine-wasm');
  const bytes = await readFile(path.join(folder, 'schema_engine_bg.wasm'));
  const imports = { './schema_engine_bg.js': engine as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  const { __wbg_set_wasm: attach } = engine as unknown as { __wbg_set_wasm: (exports: unknown) => void };
  attach(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/**
 * The engine reads catalogue columns of the one-byte type "char" (18), which the adapter refuses: they pass it as text
 * and are called characters behind it.
 */
async function connectReadingChars(pool: pg.Pool): Promise<SqlMigrationAwareDriverAdapterFactory> {
  let places: number[] = [];
  const asText = new Proxy(pool, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name);
      return async (query: pg.QueryArrayConfig, values: unknown[]) => {
        const result = await target.query(query, values);
        places = result.fields.flatMap(({ dataTypeID }, place) => (dataTypeID === 18 ? place : []));
        for (const field of result.fields) if (field.dataTypeID === 18) field.dataTypeID = 25;
        return result;
      };
    },
  });
  const factory = new PrismaPg(asText);
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, {
    async connect() {
      const adapter = await connect();
      const queryRaw = adapter.queryRaw.bind(adapter);
      return Object.assign(adapter, {
        async queryRaw(query: SqlQuery) {
          const result = await queryRaw(query);
          for (const place of places) result.columnTypes[place] = ColumnTypeEnum.Character;
          return result;
        },
      });
    },
  });
}

/** What would have to be done to the migrated database until it is what the schema says; empty: they agree. */
async function differenceFrom(wanted: string): Promise<string> {
  const { SchemaEngine } = engine as unknown as { SchemaEngine: EngineConstructor };
  const adapter = bindMigrationAwareSqlAdapterFactory(await connectReadingChars(database.pool));
  const schemaEngine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  const container = { files: [{ path: 'schema.prisma', content: wanted }] };
  const { stdout } = await schemaEngine.diff({
    from: { tag: 'schemaDatasource', ...container, configDir: process.cwd() },
    to: { tag: 'schemaDatamodel', ...container },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
  });
  return (stdout ?? '').replace(/^-- .*$/gm, '').trim();
}

type EngineConstructor = {
  new: (
    options: object,
    log: () => void,
    adapter: object,
  ) => Promise<{ diff: (params: object) => Promise<{ stdout: string | null }> }>;
};

it('schema.prisma and the migrations describe the same database', async () => {
  expect(await differenceFrom(schema)).toBe('');
});

it('and this test would see a column, an index, a default, an enum value or a relation that only one of them has', async () => {
  const faults: [string, string, RegExp][] = [
    ['label            String\n', 'label            String\n  nickname String?\n', /ADD COLUMN +"nickname"/],
    ['@@index([accountId, label, sequence])', '@@index([accountId, label, sequence, scans])', /CREATE INDEX/],
    ['@default(100000)', '@default(99999)', /SET DEFAULT 99999/],
    ['  external\n', '  external\n  borrowed\n', /borrowed/],
    ['onDelete: Restrict)', 'onDelete: Cascade)', /ON DELETE CASCADE/],
  ];
  for (const [found, planted, seen] of faults) {
    expect(schema).toContain(found);
    expect(await differenceFrom(schema.replace(found, planted))).toMatch(seen);
  }
});
