import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenApiDocument } from '@/lib/openapi/document';
import type { JsonSchema } from '@/lib/openapi/json-schema';
import { methods } from '@/lib/openapi/operation';
import { operations } from '@/lib/openapi/operations';
import type { ApiHandler } from '@/lib/web/api-route';
import { createTestRest, listRouteFiles, type TestRest } from './test-rest';

let rest: TestRest;
let document: OpenApiDocument;

beforeAll(async () => {
  rest = await createTestRest();
  document = (await rest.send('GET', '/api/v1/openapi.json', { key: null })).body;
});
afterAll(() => rest.close());

it('is served with or without a key', async () => {
  expect(document.openapi).toBe('3.1.0');
  expect((await rest.send('GET', '/api/v1/openapi.json')).body).toEqual(document);
});

it('describes every route, and every route that it describes is there', async () => {
  const served: string[] = [];
  for (const { file, template } of listRouteFiles()) {
    if (template.includes('...')) continue;
    const handlers = (await import(file)) as Record<string, ApiHandler>;
    for (const method of methods) {
      const operation = handlers[method]?.operation;
      if (!operation) continue;
      expect([operation.method, operation.path]).toEqual([method, template]);
      served.push(`${method} ${template} ${operation.id}`);
    }
  }
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
  );
  expect(described.sort()).toEqual(served.sort());
  expect(described).toHaveLength(operations.length);
});

it('names every parameter of its paths', () => {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const operation of Object.values(item)) {
      const named = (operation.parameters as { name: string; in: string }[]).filter((p) => p.in === 'path');
      expect(named.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  }
});

it('has examples that it would take or give itself', () => {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      type Content = Record<string, { schema?: JsonSchema; example?: unknown }>;
      const answers = Object.values(operation.responses as Record<string, { content: Content }>);
      const body = operation.requestBody as { content: Content } | undefined;
      for (const { content } of [...answers, ...(body ? [body] : [])]) {
        for (const { schema, example } of Object.values(content)) {
          if (schema && example) rest.checker.validate(schema, example, `${method} ${path}`);
        }
      }
    }
  }
});

it('would not let an answer pass that it does not describe', () => {
  const page = { items: [], nextCursor: null };
  const check =
    (status: number, body: unknown, type = 'application/json') =>
    () =>
      rest.checker.check('GET', '/api/v1/codes', { status, type, body });
  expect(check(200, page)).not.toThrow();
  expect(check(200, { ...page, total: 5 })).toThrow('additional properties');
  expect(check(200, { items: [{ id: 'x' }], nextCursor: null })).toThrow('required property');
  expect(check(418, page)).toThrow('undocumented status');
  expect(check(200, page, 'text/html')).toThrow('undocumented type');
  expect(() =>
    rest.checker.check('GET', '/api/v1/secrets', { status: 200, type: 'application/json', body: {} }),
  ).toThrow('not in the document');
});
