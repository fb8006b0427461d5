/** A real PostgreSQL, thrown away afterwards. */
export function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }>;
