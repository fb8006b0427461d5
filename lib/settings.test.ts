import { expect, it } from 'vitest';
import { parseSettings, SettingsError } from './settings';

const long = 'x'.repeat(40);

it('needs nothing set', () => {
  expect(parseSettings({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://localhost:3000',
    DATA_DIR: './data',
    SIMULATOR_PORT: 3100,
    API_RATE_LIMIT: 6000,
    WECHAT_API_BASE: 'https://api.weixin.qq.com',
    mayBeDemo: true,
  });
});

it('takes an empty value for none', () => {
  expect(parseSettings({ PORT: '', DATABASE_URL: '' }).PORT).toBe(3000);
});

it.each([
  ['PORT', { PORT: '0' }],
  ['PORT', { PORT: 'http' }],
  ['PORT', { PORT: '65536' }],
  ['SIMULATOR_PORT', { SIMULATOR_PORT: '3000' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'qudao.example' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'ftp://qudao.example' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://host/name', APP_SECRET: long }],
  ['APP_SECRET', { DATABASE_URL: 'postgresql://host/name' }],
  ['APP_SECRET', { APP_SECRET: 'short' }],
  ['ADMIN_EMAIL', { ADMIN_EMAIL: 'nobody', ADMIN_PASSWORD: 'correct horse' }],
  ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'a@b.example' }],
  ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'a@b.example', ADMIN_PASSWORD: 'short' }],
  ['ADMIN_API_KEY', { ADMIN_API_KEY: 'short' }],
  ['DEMO', { DEMO: 'yes' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy.internal' }],
  ['OIDC_ISSUER', { OIDC_CLIENT_ID: 'qudao' }],
  ['OIDC_ISSUER', { OIDC_ISSUER: 'http://id.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }],
  ['WECHAT_API_BASE', { WECHAT_API_BASE: 'http://api.example' }],
  ['WECHAT_MP_BASE', { WECHAT_MP_BASE: 'https://mp.example/?a=b' }],
  ['API_RATE_LIMIT', { API_RATE_LIMIT: '0' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
])('refuses a wrong %s by its name, and does not repeat the value', (name, environment) => {
  let refusal: unknown;
  try {
    parseSettings(environment);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(SettingsError);
  const { message } = refusal as SettingsError;
  expect(message).toContain(`The setting ${name} is refused; wanted: `);
  for (const value of Object.values(environment)) {
    if (value && value.length > 4) expect(message).not.toContain(value);
  }
});

it('takes a stand-in on this machine over http', () => {
  expect(parseSettings({ WECHAT_API_BASE: 'http://127.0.0.1:3100/' }).WECHAT_API_BASE).toBe(
    'http://127.0.0.1:3100',
  );
});

it.each([
  [{ DEMO: 'on', PUBLIC_URL: 'https://qudao.example' }, true],
  [{ DEMO: 'off' }, false],
  [{ DATABASE_URL: 'postgresql://host/name', APP_SECRET: long }, false],
  [{ PUBLIC_URL: 'https://qudao.example' }, false],
  [{ PUBLIC_URL: 'http://127.0.0.1:3000' }, true],
])('may be a demo only on this machine, unless asked: %o', (environment, mayBeDemo) => {
  expect(parseSettings(environment).mayBeDemo).toBe(mayBeDemo);
});
