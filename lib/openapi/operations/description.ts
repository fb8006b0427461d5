import { z } from 'zod';
import { operation } from '../operation';

export const getDescriptionOperation = operation({
  id: 'getDescription',
  method: 'GET',
  path: '/api/v1/openapi.json',
  tag: 'description',
  summary: 'This document',
  role: null,
  answers: [{ status: 200, description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) }],
});
