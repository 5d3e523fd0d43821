import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ShareCard } from "../../media/shareCard.ts";
import type { MadeModality, MediaContext, MediaRequest } from "../../providers/media.ts";
import { EngineDefectError, EngineDiedError, revive } from "./errors.ts";
import type { Examined, Limits, Outcome, Report, Showing, Task } from "./messages.ts";

export type { Examined, Showing } from "./messages.ts";

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

/** What a process may take of the machine's memory: more than any engine needs, and the largest file that is read. */
const MEMORY_BYTES = 2 ** 31;

/** What a child process needs of the environment; never keys or addresses. */
const PASSED = ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "FONTCONFIG_PATH"];

type Doing = Pick<MediaContext, "signal" | "onProgress">;

/** One child process, and the task that it is at. */
type Bench = {
  child: ChildProcess;
  task:
    | { resolve: (outcome: Outcome) => void; reject: (error: unknown) => void; onProgress: (done: number) => void }
    | undefined;
};

/**
 * Where local engines work and where foreign bytes are read: child processes, one task at a time each, kept warm. An
 * aborted task's process is killed; one that died is replaced with the next task.
 */
export class Workshop {
  readonly #most: number;
  readonly #memoryBytes: number;
  readonly #benches = new Set<Bench>();
  readonly #waiting: (() => void)[] = [];
  #isClosed = false;

  /**
   * @param most How many processes at a time.
   * @param memoryBytes What each may take at most: it is killed above that.
   */
  constructor(most: number, memoryBytes = MEMORY_BYTES) {
    this.#most = Math.max(1, most);
    this.#memoryBytes = memoryBytes;
  }

  /**
   * Has an embedded engine make something.
   * @throws ProviderError, among them EngineDiedError; the signal's reason when aborted
   */
  make(request: MediaRequest, doing: Doing): Promise<Uint8Array> {
    return this.#run({ kind: "make", request }, doing) as Promise<Uint8Array>;
  }

  /**
   * What bytes are, their preview and their hash.
   * @param showing To whom the preview is shown.
   * @throws ProviderError when they are no whole file of an allowed type; the signal's reason when aborted
   */
  examine(
    bytes: Uint8Array,
    modality: MadeModality,
    limits: Limits,
    signal: AbortSignal,
    showing: Showing = "own",
  ): Promise<Examined> {
    const task: Task = { kind: "examine", bytes, modality, limits, showing };
    return this.#run(task, { signal, onProgress: () => {} }) as Promise<Examined>;
  }

  /**
   * Draws the picture of a shared page, a PNG.
   * @param mostMs How long it may take, from when a process is at it: not the wait for one.
   * @throws ProviderError when what draws it died; a TimeoutError
   */
  draw(card: ShareCard, mostMs: number): Promise<Uint8Array> {
    const doing = { signal: new AbortController().signal, onProgress: () => {} };
    return this.#run({ kind: "draw", card }, doing, mostMs) as Promise<Uint8Array>;
  }

  /** The ids of its processes. */
  get processes(): number[] {
    return [...this.#benches].map(({ child }) => child.pid).filter((pid) => pid !== undefined);
  }

  /** Kills every process: what runs fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const gone = [...this.#benches].map(({ child }) => ended(child));
    for (const bench of this.#benches) bench.child.kill("SIGKILL");
    for (const go of this.#waiting.splice(0)) go();
    await Promise.all(gone);
  }

  async #run(task: Task, { signal: asked, onProgress }: Doing, mostMs?: number): Promise<Outcome> {
    const bench = await this.#take(asked);
    const signal = mostMs === undefined ? asked : AbortSignal.any([asked, AbortSignal.timeout(mostMs)]);
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        const abort = () => {
          reject(signal.reason);
          this.#drop(bench);
        };
        signal.addEventListener("abort", abort, { once: true });
        const settle =
          <T>(end: (value: T) => void) =>
          (value: T) => {
            signal.removeEventListener("abort", abort);
            end(value);
          };
        bench.task = { resolve: settle(resolve), reject: settle(reject), onProgress };
        bench.child.send(task, (error) => {
          if (error === null) return;
          // It is gone, though its end is not told yet: nobody is to wait for it.
          this.#drop(bench);
          bench.task?.reject(new EngineDiedError(error.message));
        });
      });
    } finally {
      bench.task = undefined;
      this.#waiting.shift()?.();
    }
  }

  /** A process with nothing to do, made if there may be another one. */
  async #take(signal: AbortSignal): Promise<Bench> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#isClosed) throw new EngineDiedError("the workshop is closed");
      const idle = [...this.#benches].find(({ child, task }) => task === undefined && child.connected);
      if (idle !== undefined) return reserve(idle);
      if (this.#benches.size < this.#most) return reserve(this.#open());
      await this.#turn(signal);
    }
  }

  /** Until a process may be free; who is aborted leaves the line. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        resolve();
      };
      const go = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      this.#waiting.push(go);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  #open(): Bench {
    const env = Object.fromEntries(PASSED.map((name) => [name, process.env[name]]).filter(([, value]) => value));
    const child = fork(CHILD, [String(this.#memoryBytes)], {
      // Bytes travel as bytes, and leave nothing on the disk.
      serialization: "advanced",
      env,
      execArgv: process.execArgv.filter((flag) => !flag.startsWith("--inspect")),
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const bench: Bench = { child, task: undefined };
    child.on("message", (report: Report) => {
      if (report.kind === "progress") bench.task?.onProgress(report.done);
      else if (report.kind === "done") bench.task?.resolve(report.outcome);
      else if (report.kind === "failed") {
        const { failure } = report;
        bench.task?.reject(failure.code === undefined ? new EngineDefectError(failure.detail) : revive(failure));
      }
    });
    child.on("error", (error) => bench.task?.reject(new EngineDiedError(error.message)));
    child.on("exit", (code, signal) => {
      this.#benches.delete(bench);
      bench.task?.reject(new EngineDiedError(`ended with ${signal ?? code}`));
      this.#waiting.shift()?.();
    });
    this.#benches.add(bench);
    return bench;
  }

  #drop(bench: Bench): void {
    this.#benches.delete(bench);
    bench.child.kill("SIGKILL");
  }
}

/** Nobody else takes it before its task is set. */
function reserve(bench: Bench): Bench {
  bench.task = { resolve: () => {}, reject: () => {}, onProgress: () => {} };
  return bench;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
