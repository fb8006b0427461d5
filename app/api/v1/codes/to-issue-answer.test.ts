import { expect, it } from 'vitest';
import type { CodeDto } from '@/lib/codes/types';
import { isAppError } from '@/lib/errors';
import { toProblem } from '@/lib/web/problem';
import { toIssueAnswer } from './to-issue-answer';

const code = { id: 'c1', status: 'issued', error: null } as CodeDto;

it('answers 201 for an issued code and 202 for one that WeChat is asked for again', () => {
  expect(toIssueAnswer(code).status).toBe(201);
  expect(toIssueAnswer({ ...code, status: 'reserved' })).toMatchObject({ status: 202, body: { id: 'c1' } });
  // A repeated request may find its code later in life.
  expect(toIssueAnswer({ ...code, status: 'archived' }).status).toBe(201);
});

it('makes a problem of one that WeChat refused for good, with its words and the code', async () => {
  const error = {
    kind: 'api',
    errcode: 40097,
    errmsg: 'invalid args',
    rid: 'r-1',
    at: '2026-11-24T08:00:00.000Z',
  };
  let thrown: unknown;
  try {
    toIssueAnswer({ ...code, status: 'failed', error });
  } catch (caught) {
    thrown = caught;
  }
  if (!isAppError(thrown)) throw new Error('not refused');
  expect(await toProblem(thrown, null)).toMatchObject({
    status: 502,
    code: 'WECHAT_REFUSED',
    errcode: 40097,
    errmsg: 'invalid args',
    rid: 'r-1',
    codeId: 'c1',
  });
});
