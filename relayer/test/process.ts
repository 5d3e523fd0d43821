import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bareEnvironment } from "../../test/harness/environment.ts";

/** A line of a relayer's log. */
export type LogLine = { msg?: string; port?: number; request?: string } & Record<string, unknown>;

/** A relayer in a process of its own, as `npm start` runs it. */
export type RelayerProcess = {
  readonly url: string;
  readonly pid: number;
  /** What it logged so far, the last lines of it. */
  readonly log: readonly LogLine[];
  /** Ends it without a chance to clean up (SIGKILL). */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM); the exit code. */
  terminate(): Promise<number | null>;
};

/** As many lines of a log as are kept. */
const LOG_LINES = 2_000;
const RELAYER = fileURLToPath(new URL("..", import.meta.url));

const alive = new Set<ChildProcess>();

/** Ends those that a failed test left running: Mocha waits for them. */
export function killRelayers(): void {
  for (const child of alive) child.kill("SIGKILL");
}

/** Starts one and waits until it listens. */
export async function spawnRelayer(environment: Record<string, string>): Promise<RelayerProcess> {
  const child = launch({ ...environment, LOG_LEVEL: "info" });
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const log: LogLine[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    if (child.stdout === null) throw new Error("no output");
    createInterface({ input: child.stdout }).on("line", (line) => {
      const entry = JSON.parse(line) as LogLine;
      log.push(entry);
      if (log.length > LOG_LINES) log.shift();
      if (entry.msg === "listening" && entry.port !== undefined) resolve(entry.port);
    });
    child.once("exit", (code) => reject(new Error(`the relayer ended with ${code}: ${errors}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    // One that ended by itself ended badly.
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the relayer had ended: ${errors}`);
    const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return exited;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    log,
    kill: async () => {
      await end("SIGKILL");
    },
    terminate: () => end("SIGTERM"),
  };
}

/** Runs one that is expected to refuse to start: its exit code and what it said. */
export async function refusedStart(
  environment: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const child = launch(environment);
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

function launch(environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ["src/index.ts"], {
    cwd: RELAYER,
    env: { ...bareEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  alive.add(child);
  child.once("exit", () => alive.delete(child));
  return child;
}
