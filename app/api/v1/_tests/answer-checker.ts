import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from '@/lib/openapi/document';
import { type JsonSchema, mapObjects } from '@/lib/openapi/json-schema';

type Answer = { status: number; type: string | null; body: unknown };

type DocumentedAnswer = { content: Record<string, { schema?: JsonSchema }> };

/**
 * Holds every answer to the document: the address, the status, the type of content and the shape, in which no field may
 * appear that is not described.
 */
export function createAnswerChecker(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  addFormats(ajv);
  const components = document.components as { schemas: Record<string, JsonSchema> };
  ajv.addSchema({ $id: 'document', $defs: closed(components.schemas) });

  function validate(schema: JsonSchema, body: unknown, where: string): void {
    if (!ajv.validate(closed(schema), body)) {
      throw new Error(`${where}: ${ajv.errorsText()}\n${JSON.stringify(body)}`);
    }
  }

  const templates = Object.keys(document.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

  return {
    validate,
    check(method: string, pathname: string, { status, type, body }: Answer): void {
      const where = `${method} ${pathname} → ${status}`;
      const matches = templates.filter(({ pattern }) => pattern.test(pathname));
      const template = (matches.find((match) => match.template === pathname) ?? matches[0])?.template;
      const operation = template && document.paths[template]?.[method.toLowerCase()];
      if (!operation) {
        if (status !== 404 && status !== 405) throw new Error(`${where}: not in the document`);
        validate({ $ref: '#/components/schemas/Problem' }, body, where);
        return;
      }
      const answer = (operation.responses as Record<string, DocumentedAnswer>)[status];
      if (!answer) throw new Error(`${where}: an undocumented status\n${JSON.stringify(body)}`);
      const content = type === null ? undefined : answer.content[type];
      if (!content) throw new Error(`${where}: an undocumented type ${type}`);
      if (content.schema) validate(content.schema, body, where);
    },
  };
}

/** What may be added one day is a surprise today. References lead to the components as ajv holds them. */
function closed(schema: JsonSchema): JsonSchema {
  return mapObjects(schema, (object) => ({
    ...object,
    ...(object.type === 'object' && object.properties && object.additionalProperties === undefined
      ? { additionalProperties: false }
      : {}),
    ...(typeof object.$ref === 'string'
      ? { $ref: object.$ref.replace('#/components/schemas/', 'document#/$defs/') }
      : {}),
  })) as JsonSchema;
}
