import { z } from 'zod';
import type { Hints } from './operation';

export type JsonSchema = { [keyword: string]: unknown };

/**
 * What a client sends: before defaults and transforms; unknown fields are refused.
 *
 * @param hints  keywords by property, for rules that a schema has only in code
 */
export function toInputSchema(schema: z.ZodType, hints: Hints = {}): JsonSchema {
  const json = tidy(z.toJSONSchema(schema, { io: 'input' }));
  const properties = (json.properties ?? {}) as Record<string, JsonSchema>;
  for (const [name, hint] of Object.entries(hints)) {
    const property = properties[name];
    if (property) Object.assign(property, hint);
  }
  return json;
}

/** What a client gets. Objects stay open, since a field may be added to an answer one day. */
export function toOutputSchema(schema: z.ZodType): JsonSchema {
  const json = tidy(z.toJSONSchema(schema, { io: 'output' }));
  return mapObjects(json, ({ additionalProperties, ...rest }) =>
    additionalProperties === false || additionalProperties === undefined
      ? rest
      : { ...rest, additionalProperties },
  ) as JsonSchema;
}

/** zod writes the shape of a UUID beside its format, and the bounds of a safe integer beside its type. */
function tidy({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return mapObjects(schema, (object) => {
    const { pattern, minimum, maximum, ...rest } = object;
    return {
      ...rest,
      ...(pattern === undefined || 'format' in object ? {} : { pattern }),
      ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
      ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    };
  }) as JsonSchema;
}

/** Applies `change` to every object of a JSON value, from the leaves up. */
export function mapObjects(value: unknown, change: (object: JsonSchema) => JsonSchema): unknown {
  if (Array.isArray(value)) return value.map((member) => mapObjects(member, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, mapObjects(member, change)]);
  return change(Object.fromEntries(entries) as JsonSchema);
}
