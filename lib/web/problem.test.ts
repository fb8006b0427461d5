import { describe, expect, it, vi } from 'vitest';
import { AppError, errorCodes, invalidField } from '../errors';
import { problemResponse, toProblem } from './problem';
import { reportError } from './report-error';

vi.hoisted(() => {
  process.env.LOG_LEVEL = 'silent';
});

describe('toProblem', () => {
  it('has a sentence in both languages for every code', async () => {
    for (const code of errorCodes) {
      const [english, chinese] = await Promise.all([
        toProblem(new AppError(code, 'for the log'), null),
        toProblem(new AppError(code, 'for the log'), 'zh-CN'),
      ]);
      expect(english).toMatchObject({ code, type: `urn:qudao:problem:${code}` });
      expect(english.detail).toMatch(/^[A-Z].+\.$/);
      expect(chinese.detail).toMatch(/\p{Script=Han}.*。$/u);
      expect(english.detail + chinese.detail).not.toContain('for the log');
    }
  });

  it('lets nothing of an error across that a client cannot use', async () => {
    const error = new AppError('SCENE_CAP_REACHED', 'log: secret-a', {
      remaining: 3,
      token: 'secret-b',
      fields: [{ field: 'x', code: 'required', message: 'is required', params: { value: 'secret-c' } }],
    });
    const problem = await toProblem(error, null);
    expect(problem.remaining).toBe(3);
    expect(problem.detail).toContain('3');
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it('gives a field its sentence, and what has none the words of the check', async () => {
    const known = await toProblem(invalidField('label', 'tooLong', 'long', { max: 200 }), null);
    expect(known.fields).toEqual([{ field: 'label', code: 'tooLong', message: 'At most 200 characters.' }]);
    const unknown = await toProblem(invalidField('label', 'noSuchCode', 'is odd'), null);
    expect(unknown.fields?.[0]?.message).toBe('is odd');
  });

  it('shows of what nobody foresaw a reference only', async () => {
    const error = reportError(new Error('connect ECONNREFUSED postgres://u:pw@db'), 'test');
    const problem = await toProblem(error, null);
    expect(problem).toMatchObject({
      status: 500,
      code: 'UNEXPECTED',
      reference: expect.stringMatching(/^\w{8}$/),
    });
    expect(JSON.stringify(problem)).not.toMatch(/postgres|pw/);
  });
});

describe('problemResponse', () => {
  it('carries the headers that belong to the code', async () => {
    const request = new Request('http://localhost');
    const busy = await problemResponse(new AppError('BUSY', 'x', { retryAfterSeconds: 1.2 }), request);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '2']);
    const stranger = await problemResponse(new AppError('UNAUTHENTICATED', 'x'), request);
    expect(stranger.headers.get('www-authenticate')).toBe('Bearer realm="qudao"');
    expect(stranger.headers.get('content-type')).toBe('application/problem+json');
  });
});
