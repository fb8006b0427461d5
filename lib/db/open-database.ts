import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from './generated/client';
import { startPglite } from './pglite-connection';

/** What stores take: the client, or the client inside a transaction. */
export type Db = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'
> & {
  $transaction?: PrismaClient['$transaction'];
};

export type JsonObject = Prisma.InputJsonObject;

export type Database = {
  kind: 'embedded' | 'postgresql';
  prisma: PrismaClient;
  /** node-postgres below Prisma, for migrations, LISTEN, backup and streams. */
  pool: pg.Pool;
  close: () => Promise<void>;
  /** The embedded data folder as one file; null on PostgreSQL. */
  dump: (() => Promise<Uint8Array>) | null;
};

export type DatabaseSource =
  | { kind: 'postgresql'; url: string; maxConnections?: number }
  | { kind: 'embedded'; dataDir: string | null; dump?: Uint8Array };

/**
 * Opens the database: PostgreSQL by its address, or PGlite in a folder or in memory.
 *
 * Takes no lock on the folder; see `lockDataDir`, which must be held before.
 */
export async function openDatabase(source: DatabaseSource): Promise<Database> {
  if (source.kind === 'postgresql') {
    const pool = new pg.Pool({
      connectionString: source.url,
      max: source.maxConnections ?? 10,
      connectionTimeoutMillis: 10_000,
    });
    // An idle connection that the server closes must not end the process; the next query opens another.
    pool.on('error', () => undefined);
    const prisma = createPrisma(pool);
    const close = async () => {
      await prisma.$disconnect();
      await pool.end();
    };
    return { kind: 'postgresql', prisma, pool, close, dump: null };
  }
  const thread = await startPglite(source);
  const pool = new pg.Pool({ max: 1, stream: thread.openWire, idleTimeoutMillis: 0 });
  const prisma = createPrisma(pool);
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
    await thread.close();
  };
  return { kind: 'embedded', prisma, pool, close, dump: thread.dump };
}

function createPrisma(pool: pg.Pool): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 15_000, timeout: 30_000 },
  });
}
