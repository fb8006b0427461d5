import 'server-only';
import type pg from 'pg';

const everyMs = 15_000;

type Neglected = { name: string; needsVacuum: boolean };

/**
 * Does for PGlite what autovacuum does on PostgreSQL: it has no background processes, and a planner without statistics
 * sorts 100,000 codes to show the newest fifty.
 *
 * A table is analysed when a tenth of it is new, and vacuumed when a fifth of it is dead.
 *
 * @returns the tables that were tended
 */
export async function tendTables(pool: pg.Pool): Promise<string[]> {
  // Counts of changes are handed in a while after the change, unless asked for.
  await pool.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await pool.query<Neglected>(`
    SELECT s.relname AS name, s.n_dead_tup > 200 + 0.2 * greatest(c.reltuples, 0) AS "needsVacuum"
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE s.n_mod_since_analyze > 100 + 0.1 * greatest(c.reltuples, 0)
       OR s.n_dead_tup > 200 + 0.2 * greatest(c.reltuples, 0)
    ORDER BY s.relname`);
  for (const { name, needsVacuum } of rows) {
    // A table at a time, so that what people wait for comes in between.
    await pool.query(`${needsVacuum ? 'VACUUM (ANALYZE)' : 'ANALYZE'} "${name}"`);
  }
  return rows.map(({ name }) => name);
}

/** Tends the tables at once and then every fifteen seconds, until the returned function has stopped it. */
export function startTending(pool: pg.Pool, onError: (error: unknown) => void): () => Promise<void> {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  function tend(): void {
    running = tendTables(pool)
      .then(() => undefined, onError)
      .then(() => {
        if (!isStopped) timer = setTimeout(tend, everyMs).unref();
      });
  }

  tend();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
