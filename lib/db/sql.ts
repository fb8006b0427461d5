import 'server-only';
import type pg from 'pg';
import type { Db } from './open-database';

/**
 * Runs one statement with parameters ($1, $2 …), in whatever transaction it was made of: services hold Prisma's, the
 * recording of scans a bare connection, and some things are written in both.
 */
export type Sql = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

export function sqlOf(db: Db): Sql {
  return (text, values) => db.$queryRawUnsafe(text, ...values);
}

/** @param name  for one statement that is run again and again: it is planned once a connection */
export function sqlOfConnection(connection: Pick<pg.PoolClient, 'query'>, name?: string): Sql {
  return async <Row>(text: string, values: readonly unknown[]) => {
    const { rows } = await connection.query({ text, values: [...values], ...(name ? { name } : {}) });
    return rows as Row[];
  };
}
