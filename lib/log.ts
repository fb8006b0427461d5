import 'server-only';
import pino from 'pino';
import { env } from './env';
import { redact, redactText } from './redact';

let logger: pino.Logger | undefined;

/** The log of this process: one JSON line an event on standard output. Secrets never reach it; see `redact`. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors are settled by then; pino's own serializer would read them anew.
    serializers: { err: (error: unknown) => error },
    formatters: { log: (entry) => redact(entry) as Record<string, unknown> },
    hooks: {
      logMethod(given, method) {
        const clean = given.map((each: unknown) => (typeof each === 'string' ? redactText(each) : each));
        method.apply(this, clean as typeof given);
      },
    },
  });
  return logger;
}
