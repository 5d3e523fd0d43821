import { type Logger as PinoLogger, pino } from "pino";
import type { Config } from "./config.ts";

/** Structured logs as JSON lines. Never bodies, keys, tokens or signatures. */
export type Logger = PinoLogger;

/** The log of one process, to stdout. */
export function createLogger(config: Pick<Config, "LOG_LEVEL">): Logger {
  return pino({
    level: config.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    redact: ["headers", "body", "*.privateKey", "*.signature"],
  });
}
