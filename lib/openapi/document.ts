import type { z } from 'zod';
import { type ErrorCode, statusOf } from '../errors';
import { type JsonSchema, toInputSchema, toOutputSchema } from './json-schema';
import { errorsOf, isIdempotent, type Operation, takesBody } from './operation';
import { operations } from './operations';
import {
  accountPageSchema,
  accountSchema,
  batchPageSchema,
  batchRowPageSchema,
  batchRowSchema,
  batchSchema,
  campaignPageSchema,
  campaignSchema,
  channelPageSchema,
  channelSchema,
  codePageSchema,
  codeSchema,
  designPageSchema,
  designSchema,
  externalUseSchema,
  problemSchema,
  quotaSchema,
  tagPageSchema,
  tagSchema,
} from './resources';

const components: Record<string, z.ZodType> = {
  Account: accountSchema,
  AccountPage: accountPageSchema,
  Campaign: campaignSchema,
  CampaignPage: campaignPageSchema,
  Channel: channelSchema,
  ChannelPage: channelPageSchema,
  Batch: batchSchema,
  BatchPage: batchPageSchema,
  BatchRow: batchRowSchema,
  BatchRowPage: batchRowPageSchema,
  Design: designSchema,
  DesignPage: designPageSchema,
  Code: codeSchema,
  CodePage: codePageSchema,
  Tag: tagSchema,
  TagPage: tagPageSchema,
  Quota: quotaSchema,
  ExternalUse: externalUseSchema,
  Problem: problemSchema,
};

/** A page names its items and does not repeat them. */
function toComponent(name: string, schema: z.ZodType): JsonSchema {
  const json = toOutputSchema(schema);
  if (!name.endsWith('Page')) return json;
  const items = { type: 'array', items: { $ref: `#/components/schemas/${name.slice(0, -'Page'.length)}` } };
  return { ...json, properties: { ...(json.properties as JsonSchema), items } };
}

/** A schema that has a name is told once. */
function refer(schema: z.ZodType): JsonSchema {
  const named = Object.entries(components).find(([, component]) => component === schema);
  return named ? { $ref: `#/components/schemas/${named[0]}` } : toOutputSchema(schema);
}

const accountIdProperty = {
  type: 'string',
  format: 'uuid',
  description: 'the official account; may be left out when the key sees only one',
};

export type OpenApiDocument = {
  openapi: string;
  paths: Record<string, Record<string, JsonSchema>>;
  [member: string]: unknown;
};

/** The REST interface as OpenAPI 3.1, made of the schemas that its routes parse with. */
export function createDocument(): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describeOperation(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Qudao REST interface',
      version: '1',
      description: [
        'Parametric QR codes for WeChat Official Accounts.',
        'JSON in UTF-8, at most 1 MB a body where nothing else is said. Times are ISO 8601 in UTC. Unknown fields are refused and named.',
        'Errors are RFC 9457 problems with a stable `code`. Requests are limited a minute for each key; over the limit 429 with Retry-After.',
      ].join('\n\n'),
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, toComponent(name, schema)]),
      ),
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key: made by an admin under settings, or set by ADMIN_API_KEY',
        },
      },
    },
  };
}

function describeOperation(operation: Operation): JsonSchema {
  const { id, tag, summary, description, role } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description || role
      ? { description: [description, role && `For keys of ${keysOf[role]}.`].filter(Boolean).join('\n\n') }
      : {}),
    ...(role === null ? { security: [] } : {}),
    parameters: parametersOf(operation),
    ...(takesBody(operation) ? { requestBody: bodyOf(operation) } : {}),
    responses: { ...answersOf(operation), ...problemsOf(operation) },
  };
}

const keysOf = {
  viewer: 'any scope',
  marketer: 'the scope write or admin',
  admin: 'the scope admin',
};

function parametersOf(operation: Operation): JsonSchema[] {
  const { params = {}, scope, query, queryHints } = operation;
  const inPath = Object.entries(params).map(([name, description]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
  }));
  const properties = {
    ...(scope === 'account' && !takesBody(operation) ? { accountId: accountIdProperty } : {}),
    ...(toInputSchema(query, queryHints).properties as Record<string, JsonSchema>),
    ...besideTable(operation),
  };
  const inQuery = Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description ? { description } : {}),
    schema,
  }));
  const inHeader = isIdempotent(operation)
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          description:
            'Any text of the client, new for each new request. For 24 hours the same key with the same body gets the same answer.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      ]
    : [];
  return [...inPath, ...inQuery, ...inHeader];
}

/** What is in the body of JSON stands in the query beside a table. */
function besideTable({ csv, scope }: Operation): Record<string, JsonSchema> {
  if (!csv) return {};
  const fields = {
    ...(scope === 'account' ? { accountId: accountIdProperty } : {}),
    ...(toInputSchema(csv.fields, csv.hints).properties as Record<string, JsonSchema>),
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, { description, ...schema }]) => [
      name,
      { ...schema, description: ['with `text/csv` only', description].filter(Boolean).join('; ') },
    ]),
  );
}

function bodyOf(operation: Operation): JsonSchema {
  const { body, bodyHints, bodyExample, scope, csv } = operation;
  const schema = toInputSchema(body, bodyHints);
  if (scope === 'account') schema.properties = { accountId: accountIdProperty, ...(schema.properties ?? {}) };
  const isRequired = Array.isArray(schema.required) && schema.required.length > 0;
  return {
    required: isRequired,
    content: {
      'application/json': { schema, ...(bodyExample ? { example: bodyExample } : {}) },
      ...(csv ? { 'text/csv': { schema: { type: 'string', format: 'binary' } } } : {}),
    },
  };
}

function answersOf({ answers, method, location }: Operation): Record<string, JsonSchema> {
  const entries = answers.map(({ status, description, schema, contentTypes, example }) => {
    const content = {
      ...(schema ? { 'application/json': { schema: refer(schema), ...(example ? { example } : {}) } } : {}),
      ...Object.fromEntries((contentTypes ?? []).map((type) => [type, {}])),
    };
    const headers = {
      ...(status === 201 && location ? { Location: { schema: { type: 'string' } } } : {}),
      ...(method === 'POST'
        ? { 'Idempotency-Replayed': { description: 'true: a kept answer', schema: { type: 'string' } } }
        : {}),
    };
    return [status, { description, ...(Object.keys(headers).length > 0 ? { headers } : {}), content }];
  });
  return Object.fromEntries(entries) as Record<string, JsonSchema>;
}

function problemsOf(operation: Operation): Record<string, JsonSchema> {
  const all = errorsOf(operation);
  const statuses = [...new Set(all.map(statusOf))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = all.filter((code) => statusOf(code) === status);
      return [
        status,
        {
          description: codes.map((code) => `\`${code}\``).join(', '),
          ...(codes.some((code) => waitingCodes.has(code))
            ? { headers: { 'Retry-After': { description: 'seconds', schema: { type: 'integer' } } } }
            : {}),
          content: {
            'application/problem+json': {
              schema: {
                allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }],
              },
            },
          },
        },
      ];
    }),
  );
}

const waitingCodes = new Set<ErrorCode>(['RATE_LIMITED', 'BUSY', 'IDEMPOTENCY_KEY_IN_PROGRESS']);
