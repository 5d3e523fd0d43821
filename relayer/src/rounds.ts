import { outsideRequests } from "./requestContext.ts";

/** Work that is done in rounds, one at a time: at an interval, and sooner when something is due. */
export type Rounds = {
  /** Looks soon: something is due that need not wait for the next interval. */
  nudge(): void;
  /** One whole round, now; after the one that runs, which may have missed what is asked for. */
  work(): Promise<void>;
  /** Begins after so many milliseconds. */
  start(after: number): void;
  /** Begins no more rounds, and waits for the one that runs. */
  stop(): Promise<void>;
};

export type RoundsOptions = {
  /** Every step can be repeated: what it is at is in the database. */
  round(): Promise<void>;
  intervalMs: number;
  /** Told why a round failed that nobody waits for; it is repeated. */
  onError(error: unknown): void;
};

/** Repeats `round` until it is stopped. */
export function createRounds({ round, intervalMs, onError }: RoundsOptions): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isAsked = false;
  let isStopped = false;

  const work = async (): Promise<void> => {
    await running?.catch(() => {});
    running ??= round().finally(() => {
      running = undefined;
    });
    return running;
  };

  const schedule = (milliseconds: number): void => {
    if (isStopped) return;
    clearTimeout(timer);
    timer = outsideRequests(() =>
      setTimeout(async () => {
        await work().catch(onError);
        const soon = isAsked;
        isAsked = false;
        schedule(soon ? 0 : intervalMs);
      }, milliseconds),
    );
  };

  return {
    work,
    nudge: () => {
      if (running === undefined) schedule(0);
      else isAsked = true;
    },
    start: schedule,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running?.catch(() => {});
    },
  };
}
