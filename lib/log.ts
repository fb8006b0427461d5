import 'server-only';
import pino from 'pino';
import { env } from './env';

/** What never reaches a log, wherever in an entry it stands. */
const redact = {
  paths: [
    'secret',
    'token',
    'password',
    'appSecret',
    'accessToken',
    'authorization',
    'cookie',
    'openid',
    'apiKey',
  ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  censor: '[redacted]',
};

let logger: pino.Logger | undefined;

/** The log of this process: one JSON line an event on standard output. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    redact,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  return logger;
}
