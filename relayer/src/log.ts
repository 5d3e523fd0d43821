import { type LoggerOptions, type Logger as PinoLogger, pino } from "pino";
import boom from "sonic-boom";
import type { Config } from "./config.ts";
import { requestNow } from "./requestContext.ts";

/** Structured logs as JSON lines. Never bodies, keys, tokens or signatures. */
export type Logger = PinoLogger;

/** As many bytes may wait for a reader that stands still, or for room on a full disk; further lines are dropped. */
const MAX_WAITING = 16 * 2 ** 20;

/** Written in the background: a line a request would otherwise be a system call that it waits for. */
const stdout = new boom.SonicBoom({ fd: 1, maxLength: MAX_WAITING });

/** Whoever read it may be gone: the work goes on without. */
let isRead = true;
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") isRead = false;
});

process.once("exit", () => {
  try {
    if (isRead) stdout.flushSync();
  } catch {
    // Nobody takes it any more.
  }
});

const destination = {
  write: (line: string): void => {
    if (isRead) stdout.write(line);
  },
  flush: (done: (error?: Error) => void): void => {
    if (isRead) stdout.flush(done);
    else done();
  },
};

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
  return pino(options, destination);
}
