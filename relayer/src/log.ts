import { type LoggerOptions, type Logger as PinoLogger, pino } from "pino";
import type { Config } from "./config.ts";
import { requestNow } from "./requestContext.ts";

/** Structured logs as JSON lines. Never bodies, keys, tokens or signatures. */
export type Logger = PinoLogger;

/** The log of one process, to stdout. */
export function createLogger(config: Pick<Config, "LOG_LEVEL">): Logger {
  const options: LoggerOptions = {
    level: config.LOG_LEVEL,
    base: null,
    // Whatever a request has logged, wherever that is, names it.
    mixin: () => {
      const request = requestNow();
      return request === undefined ? {} : { request };
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    redact: ["headers", "body", "*.privateKey", "*.signature"],
  };
  // Written in the background: a line a request would otherwise be a system call that it waits for.
  return pino(options, pino.destination({ dest: 1, sync: false }));
}
