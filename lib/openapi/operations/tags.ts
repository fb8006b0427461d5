import { createTagSchema } from '../../tags/schemas';
import { mostTagCharacters } from '../../tags/types';
import { operation } from '../operation';
import { tagPageSchema, tagSchema } from '../resources';

const example = {
  id: '2b1f7c3e-6d0a-4d0f-9a51-3e8c5a7f1b20',
  accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  name: '收银台',
  marksFollowers: true,
  codeCount: 0,
  markedFollowers: 0,
};

export const listTagsOperation = operation({
  id: 'listTags',
  method: 'GET',
  path: '/api/v1/tags',
  tag: 'tags',
  summary: 'All tags of an account, by name; a hundred at most, so there is one page',
  role: 'viewer',
  scope: 'account',
  answers: [{ status: 200, description: 'All of them', schema: tagPageSchema }],
});

export const createTagOperation = operation({
  id: 'createTag',
  method: 'POST',
  path: '/api/v1/tags',
  tag: 'tags',
  summary: 'Make a tag for codes',
  description:
    'With `marksFollowers` whoever scans a code that has it, and follows, gets a tag of this name at WeChat. It is put on behind the scan, so it may be a moment late, and WeChat takes a name of at most 30 bytes (10 Chinese characters).',
  role: 'marketer',
  scope: 'account',
  body: createTagSchema,
  bodyHints: { name: { minLength: 1, maxLength: mostTagCharacters } },
  bodyExample: { name: example.name, marksFollowers: true },
  answers: [{ status: 201, description: 'Made', schema: tagSchema, example }],
});
