/** Runs the command line as a person does: a process of its own, of the program as it is published. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bareEnvironment } from "../../test/harness/environment.ts";
import { buildProgram } from "../build.ts";

/** Beside the sources, so that it finds what is installed for them. */
const PROGRAM = fileURLToPath(new URL(`../dist/test-${process.pid}.js`, import.meta.url));
await buildProgram(PROGRAM);
process.once("exit", () => rmSync(PROGRAM, { force: true }));

/** How a run ended, and what it printed. */
export type Ended = { code: number | null; out: string; error: string };

export type RunOptions = { environment?: Record<string, string>; cwd?: string };

/** Starts it; `environment` is all it has of ours. In a group of its own, so that all it starts can be ended with it. */
export function start(words: readonly string[], { environment = {}, cwd }: RunOptions = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...bareEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  // An interrupted run does not come to its last hook.
  const orphaned = () => endGroup(child.pid);
  process.once("exit", orphaned);
  child.once("close", () => process.off("exit", orphaned));
  const texts = { out: "", error: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    texts.out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    texts.error += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...texts }));
  });
  return {
    pid: child.pid ?? 0,
    printed: texts,
    ended,
    /** Ends it and all it started, without a chance to clean up. */
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) endGroup(child.pid);
      await ended;
    },
    /** Asks it to end. */
    terminate: async () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Runs it to its end. */
export function stelai(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(words, options).ended;
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, "SIGKILL");
  } catch {
    // Ended already.
  }
}
