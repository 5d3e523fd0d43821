import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A relayer in a process of its own, as `npm start` runs it. */
export type RelayerProcess = {
  readonly url: string;
  readonly pid: number;
  /** Ends it without a chance to clean up (SIGKILL). */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM); the exit code. */
  terminate(): Promise<number | null>;
};

const RELAYER = fileURLToPath(new URL("..", import.meta.url));

/** Starts one and waits until it listens. */
export async function spawnRelayer(environment: Record<string, string>): Promise<RelayerProcess> {
  const child = launch({ ...environment, LOG_LEVEL: "info" });
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const port = await new Promise<number>((resolve, reject) => {
    if (child.stdout === null) throw new Error("no output");
    createInterface({ input: child.stdout }).on("line", (line) => {
      const entry = JSON.parse(line) as { msg?: string; port?: number };
      if (entry.msg === "listening" && entry.port !== undefined) resolve(entry.port);
    });
    child.once("exit", (code) => reject(new Error(`the relayer ended with ${code}: ${errors}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return exited;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
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
  const { PATH = "", HOME = "", TMPDIR } = process.env;
  return spawn(process.execPath, ["src/index.ts"], {
    cwd: RELAYER,
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}
