import { describe, expect, it } from 'vitest';
import { judgeRequest, type RequestFacts } from './request-guard';

const local = 'http://localhost:3000';
const remote = 'https://codes.example.com';

function judge(facts: Partial<RequestFacts>) {
  return judgeRequest({
    method: 'GET',
    path: '/codes?q=1',
    host: 'localhost:3000',
    origin: null,
    publicUrl: local,
    ...facts,
  });
}

const allowed = { allow: true };
const refused = (status: number) => expect.objectContaining({ refuse: status, code: 'ORIGIN_REFUSED' });

describe('Host', () => {
  it('is PUBLIC_URL’s, however it is written', () => {
    expect(judge({})).toEqual(allowed);
    expect(judge({ host: 'LOCALHOST:3000' })).toEqual(allowed);
    expect(judge({ host: 'codes.example.com', publicUrl: remote })).toEqual(allowed);
    expect(judge({ host: 'codes.example.com:443', publicUrl: remote })).toEqual(allowed);
  });

  it.each([
    'evil.example',
    'localhost.evil.example:3000',
    'localhost:3001',
    'localhost',
    'localhost:3000@evil.example',
    'evil.example#localhost:3000',
    'localhost:3000/evil',
    'localhost:3000, evil.example',
    ' localhost:3000',
    '',
  ])('refuses %j', (host) => {
    expect(judge({ host })).toEqual(refused(421));
    expect(judge({ host, method: 'POST', origin: local })).toEqual(refused(421));
  });

  it('leads other loopback names to PUBLIC_URL, for reading only', () => {
    expect(judge({ host: '127.0.0.1:3000' })).toEqual({ redirectTo: 'http://localhost:3000/codes?q=1' });
    expect(judge({ host: '[::1]:3000', path: '//evil.example' })).toEqual({
      redirectTo: 'http://localhost:3000//evil.example',
    });
    expect(judge({ host: '127.0.0.1:3000', method: 'POST', origin: 'http://127.0.0.1:3000' })).toEqual(
      refused(421),
    );
  });

  it('has no loopback names where PUBLIC_URL is not loopback', () => {
    expect(judge({ host: 'localhost', publicUrl: remote })).toEqual(refused(421));
    expect(judge({ host: '127.0.0.1:443', publicUrl: remote })).toEqual(refused(421));
  });
});

describe('Origin', () => {
  it.each([
    'http://evil.example',
    'null',
    'http://localhost:3001',
    'https://localhost:3000',
    'http://127.0.0.1:3000',
    'http://localhost:3000.evil.example',
  ])('refuses a write from %j', (origin) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post']) {
      expect(judge({ method, origin })).toEqual(refused(403));
    }
    expect(judge({ origin })).toEqual(allowed);
  });

  it('allows a write from PUBLIC_URL, and from what is no browser', () => {
    expect(judge({ method: 'POST', origin: local })).toEqual(allowed);
    expect(judge({ method: 'POST' })).toEqual(allowed);
  });
});

describe('addresses for machines', () => {
  it.each(['/api/v1/codes', '/api/v1', '/api/health/live', '/api/wechat/5f0c?signature=x'])(
    '%s takes any Host and Origin, since it knows no cookie',
    (path) => {
      expect(judge({ path, host: '10.0.0.7:3000', method: 'POST', origin: 'http://evil.example' })).toEqual(
        allowed,
      );
    },
  );

  it.each([
    '/api/v10',
    '/api/auth/session',
    '/api/codes/1/image',
    '/api/healthy',
    '/x/api/v1/codes',
    '/api/v1/../auth/callback/password',
    '/api/v1/%2e%2e/auth/session',
    '/api/v1/..\\auth/session',
  ])('%s is none of them', (path) => {
    expect(judge({ path, host: 'evil.example' })).toEqual(refused(421));
  });

  it('refuses a request line without a path', () => {
    expect(judge({ path: 'http://evil.example/api/v1/codes' })).toEqual(refused(400));
    expect(judge({ path: '*', method: 'OPTIONS' })).toEqual(refused(400));
  });
});
