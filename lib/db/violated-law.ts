import 'server-only';

const LAW = /^law ([a-z_]+):|violates (?:check|unique|foreign key|exclusion) constraint "([^"]+)"/;

/**
 * The name of the law that refused a write, however deep Prisma has wrapped it; null for any other error.
 *
 * Names stand in prisma/migrations: constraints, unique indexes, and `law NAME: …` where a trigger refuses.
 */
export function violatedLaw(error: unknown): string | null {
  for (let current = error, depth = 0; isObject(current) && depth < 8; depth++) {
    const found = LAW.exec(String(current.originalMessage ?? current.message ?? ''));
    if (found) return found[1] ?? found[2] ?? null;
    const { meta } = current;
    current = isObject(meta) && isObject(meta.driverAdapterError) ? meta.driverAdapterError : current.cause;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
